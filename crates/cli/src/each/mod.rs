//! `--each`: one message for each row of a table, none of which goes out twice.
//!
//! The command line's values are [`templates`], of which every row of the [`input`] makes a command line of its own. The
//! [`journal`] is written before each message is sent and after; [`mod@run`] sends, and [`report`] prints who got what.

mod input;
mod journal;
mod report;
mod run;
mod templates;

pub(crate) use self::{
    run::run,
    templates::{Job, parse},
};
