/** What curl says by itself, or of another body. */
const OWN = /^(host|content-length|connection|transfer-encoding)$/i;

/** A line for a shell that sends the same again. */
export function curlLine({ url, headers, body }: { url: string; headers: string; body: string }): string {
  const lines = headers
    .split('\n')
    .filter((line) => line !== '' && !OWN.test(line.slice(0, line.indexOf(':'))))
    .map((line) => `-H ${quoted(line)}`);
  return ['curl -X POST', ...lines, `--data-raw ${quoted(body)}`, quoted(url)].join(' \\\n  ');
}

/** Nothing within single quotes means anything to a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
