// Reads a form from standard input with multer, as Express does, and prints it as JSON.
//
// Further arguments are the only fields that may hold files; without any, all may. multer folds the names of texts by itself;
// those of files, which it leaves flat, are folded into the same object by the library that it uses for the texts. A file is a text:
// name, media type, content in hexadecimal.

const appendField = require("append-field");
const multer = require("multer");

const [contentType, contentLength, ...fields] = process.argv.slice(2);
const request = process.stdin;
request.headers = { "content-type": contentType, "content-length": contentLength };

// File names are UTF-8, as browsers send them; multer's default is older.
const upload = multer({ defParamCharset: "utf8", preservePath: true });
const read = fields.length ? upload.fields(fields.map((name) => ({ name }))) : upload.any();
read(request, {}, (error) => {
  if (error) {
    console.log(JSON.stringify({ error: error.code || String(error) }));
    return;
  }
  const form = request.body || {};
  for (const file of Object.values(request.files).flat()) {
    const { fieldname, originalname, mimetype, buffer } = file;
    appendField(form, fieldname, `${originalname}; ${mimetype}; ${buffer.toString("hex")}`);
  }
  console.log(JSON.stringify(form));
});
