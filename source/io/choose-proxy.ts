import process from 'node:process';
import {HttpsProxyAgent} from 'https-proxy-agent';
import {getProxyForUrl} from 'proxy-from-env';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';

export type Proxy = {
	readonly agent: HttpsProxyAgent<string>;
	/** Without the password that may be in it, for sentences. */
	readonly name: string;
};

const variables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];

/** `HTTPS_PROXY=proxy:3128` means `http://proxy:3128`, as curl has it; proxy-from-env takes the scheme of what is fetched. */
const withScheme = (proxy: string): string => {
	const bare = /^https?:\/\/(.*)$/.exec(proxy)?.[1];
	return bare !== undefined && variables.some(name => process.env[name] === bare) ? `http://${bare}` : proxy;
};

/**
Chooses the proxy that the environment has for an address: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, and NO_PROXY for none; in small letters too.

@returns Undefined where it has none; a sentence where the proxy is not one of HTTP.
*/
export const chooseProxy = (url: URL): Parsed<Proxy | undefined> => {
	const address = withScheme(getProxyForUrl(url.href));
	if (address === '') {
		return parsed(undefined);
	}

	const proxy = URL.canParse(address) ? new URL(address) : undefined;
	if (proxy === undefined || !['http:', 'https:'].includes(proxy.protocol) || proxy.hostname === '') {
		return rejected(`The proxy of this environment is not one of HTTP, such as http://proxy.example:3128: look at HTTPS_PROXY, HTTP_PROXY and ALL_PROXY, or set NO_PROXY=${url.hostname} to go without.`);
	}

	return parsed({agent: new HttpsProxyAgent(proxy.href), name: proxy.origin});
};
