// Reads a form from each line of standard input with busboy, on which multer is built, and prints its parts as a line of JSON:
// name, file name, media type, content in hexadecimal.

const busboy = require("busboy");

async function read({ content_type, body }) {
  const parts = [];
  const parser = busboy({ headers: { "content-type": content_type }, defParamCharset: "utf8", preservePath: true });
  parser.on("field", (name, value, { mimeType }) => {
    parts.push([name, null, mimeType, Buffer.from(value).toString("hex")]);
  });
  parser.on("file", (name, stream, { filename, mimeType }) => {
    const part = [name, filename, mimeType, ""];
    parts.push(part);
    stream.on("data", (piece) => (part[3] += piece.toString("hex")));
  });
  await new Promise((resolve, reject) => parser.on("close", resolve).on("error", reject).end(Buffer.from(body, "hex")));
  console.log(JSON.stringify(parts));
}

(async () => {
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    await read(JSON.parse(line));
  }
})();
