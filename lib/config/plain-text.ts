// Terraform reads these two as the start of an expression, wherever text stands.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const isPlainText = (text: string) => !/[$%]\{|[\u0000-\u001f\u007f]/.test(text);
export const PLAIN_TEXT_RULE = "must be one line without '${' and '%{', which Terraform would evaluate";
