/**
Text whose every character is one column wide and a cluster of its own, so that its width is its length: Latin letters, dashes and quotes, arrows, lines, blocks, geometric shapes, braille.

Measuring it the general way, cluster by cluster, was a third of the time of a frame: the borders alone make every line of the screen more than ASCII. The bundle gives `string-width` this shortcut too (docs/decisions/0003-bundle.md).
*/
export const plainText = /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u2030-\u205E\u2190-\u21FF\u2500-\u25FC\u25FF\u2800-\u28FF]*$/;

export const isPlainText = (text: string): boolean => plainText.test(text);
