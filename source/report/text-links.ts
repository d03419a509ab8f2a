/** A part of a text that stands for a document, and its address. */
export type TextLink = {readonly text: string; readonly url: string};

/** Shows a part of a text as a link, or leaves it as it is. */
export type ShowLink = (link: TextLink) => string;

/** IANA writes `[RFC959]`, `[RFC-ietf-ntp-roughtime-19]` for a draft that is about to be an RFC, `[draft-pro-adp-00]`, and addresses. Only what is plain ASCII can be an address. */
const linkable = /https?:\/\/[!#$%&*+\-./\d:=?@\w~]*[#$%&*+\-/\d=@\w~]|\bRFC ?0*([1-9]\d{0,4})\b|\b(?:RFC|draft)-([a-z\d]+(?:-[a-z\d]+)+)/g;

const urlOf = (text: string, rfc: string | undefined, draft: string | undefined): string => {
	if (rfc !== undefined) {
		return `https://www.rfc-editor.org/rfc/rfc${rfc}`;
	}

	return draft === undefined ? text : `https://datatracker.ietf.org/doc/draft-${draft.replace(/-\d\d$/, '')}/`;
};

/** The documents a text names, in its order. */
export const linksIn = (text: string): readonly TextLink[] =>
	Array.from(text.matchAll(linkable), ([found, rfc, draft]) => ({text: found, url: urlOf(found, rfc, draft)}));

/** Writes a text with its links shown. */
export const withLinks = (text: string, show: ShowLink): string =>
	text.replaceAll(linkable, (found: string, rfc: string | undefined, draft: string | undefined) => show({text: found, url: urlOf(found, rfc, draft)}));

/** Leaves links as the text they are. */
export const plainLink: ShowLink = ({text}) => text;

/** A link for a terminal that knows them: https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda (OSC 8). */
export const terminalLink: ShowLink = ({text, url}) => `\u001B]8;;${url}\u001B\\${text}\u001B]8;;\u001B\\`;
