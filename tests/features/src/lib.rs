//! Empty: its manifest is what counts, and says why.
