import {isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Scalar} from 'yaml';
import {parsePortSet, type PortVocabulary} from '../port/parse-port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {emptyPortSet, portSetOf, type PortSet} from '../port/port-set.ts';
import {quoteTyped} from '../port/quote.ts';
import {severities, type Severity} from '../registry/registry.ts';
import {defaultPorts} from '../scan/parse-request.ts';
import {parseTarget} from '../scan/target.ts';
import type {Policy, Rule} from './policy.ts';

/** A file of more characters than this is no policy. */
export const longestPolicy = 1_000_000;

/** More rules than this are a mistake: each is a scan of its own. */
const mostRules = 1000;

const ruleKeys = ['ports', 'allow', 'require', 'severity'] as const;
type RuleKey = (typeof ruleKeys)[number];

/** What is wrong with a policy, and where. */
class PolicyProblem extends Error {
	readonly at: Node | undefined;

	constructor(message: string, at?: Node) {
		super(message);
		this.at = at;
	}
}

type Fields = ReadonlyMap<string, Node>;

const quote = (value: unknown): string => quoteTyped(String(value), 40);

/** A node, or what an alias stands for. */
const resolve = (node: unknown, document: Document): Node | undefined => (isAlias(node) ? node.resolve(document) : node as Node | undefined);

const readFields = (node: Node | undefined, known: readonly string[], what: string, document: Document): Fields => {
	if (!isMap(node)) {
		throw new PolicyProblem(`${what} takes keys such as ${known.slice(0, 3).join(', ')}, each with a value after a colon.`, node);
	}

	return new Map(node.items.map(({key, value}) => {
		const keyNode = resolve(key, document);
		const name = isScalar(keyNode) ? String(keyNode.value) : '';
		if (!known.includes(name)) {
			throw new PolicyProblem(`${what} does not know ${quote(name)}: it takes ${known.join(', ')}.`, keyNode ?? node);
		}

		const found = resolve(value, document);
		if (found === undefined || found === null || (isScalar(found) && found.value === null)) {
			throw new PolicyProblem(`${name} has no value.`, keyNode);
		}

		return [name, found];
	}));
};

const readTexts = (name: string, node: Node, document: Document): readonly Scalar[] => (isSeq(node) ? node.items.map(item => resolve(item, document)) : [node]).map(item => {
	if (!isScalar(item) || (typeof item.value !== 'string' && typeof item.value !== 'number')) {
		throw new PolicyProblem(`${name} takes a text, a number, or a list of them.`, (item ?? node) as Node);
	}

	return item;
});

/** As it was written: `010` is no eight, and `1e3` no thousand. */
const writtenAs = ({source, value}: Scalar): string => (typeof value === 'number' && source !== undefined ? source : String(value)).trim();

const readPorts = (name: RuleKey, node: Node, vocabulary: PortVocabulary, document: Document): PortSet => {
	const items = readTexts(name, node, document);
	if (items.length === 0 || (items.length === 1 && writtenAs(items[0]!).toLowerCase() === 'none')) {
		return emptyPortSet;
	}

	const ports = parsePortSet(items.map(item => writtenAs(item)).join(','), vocabulary);
	if (!ports.ok) {
		throw new PolicyProblem(`${name}: ${ports.message}`, node);
	}

	return ports.value;
};

const readSeverity = (node: Node): Severity => {
	const severity = isScalar(node) ? severities.find(each => each === String(node.value).toLowerCase()) : undefined;
	if (severity === undefined) {
		throw new PolicyProblem(`severity takes ${severities.join(', ')}, the gravest that an open port may have${isScalar(node) ? `, not ${quote(node.value)}` : ''}.`, node);
	}

	return severity;
};

const unite = (...sets: readonly PortSet[]): PortSet => portSetOf(sets.flatMap(({intervals}) => intervals));

const readTargets = (node: Node, document: Document): readonly string[] => {
	const items = readTexts('host', node, document);
	if (items.length === 0) {
		throw new PolicyProblem('host names nothing: it takes a name, an address or a network, or a list of them.', node);
	}

	return items.map(item => {
		const target = parseTarget(writtenAs(item));
		if (!target.ok) {
			throw new PolicyProblem(target.message, item);
		}

		return writtenAs(item);
	});
};

const readRules = (node: Node | undefined, defaults: Fields, vocabulary: PortVocabulary, document: Document): readonly Rule[] => {
	const fields = new Map([...defaults, ...readFields(node, ['host', ...ruleKeys], 'A host of the policy', document)]);
	const host = fields.get('host');
	if (host === undefined) {
		throw new PolicyProblem('This entry names no host: it needs host, with a name, an address or a network.', node);
	}

	const portsOf = (name: RuleKey): PortSet | undefined => (fields.has(name) ? readPorts(name, fields.get(name)!, vocabulary, document) : undefined);
	const allow = portsOf('allow');
	const required = portsOf('require') ?? emptyPortSet;
	const asked = portsOf('ports') ?? (parsePortSet(defaultPorts, vocabulary) as {value: PortSet}).value;
	const severity = fields.has('severity') ? readSeverity(fields.get('severity')!) : undefined;
	if (allow === undefined && required.size === 0 && severity === undefined) {
		throw new PolicyProblem('Nothing is asked of this host: give allow (ports that may be open, or none), require (ports that must be) or severity (the gravest risk).', node);
	}

	return readTargets(host, document).map(target => ({target, ports: unite(asked, allow ?? emptyPortSet, required), allow: allow && unite(allow, required), require: required, severity}));
};

const readPolicy = (vocabulary: PortVocabulary, document: Document): Policy => {
	const fields = readFields(resolve(document.contents, document), ['hosts', ...ruleKeys], 'A policy', document);
	const hosts = fields.get('hosts');
	if (!isSeq(hosts) || hosts.items.length === 0) {
		throw new PolicyProblem('hosts takes a list: a line that begins with "- host: " for each.', hosts);
	}

	const defaults = new Map([...fields].filter(([name]) => name !== 'hosts'));
	const rules = hosts.items.flatMap(item => readRules(resolve(item, document), defaults, vocabulary, document));
	if (rules.length > mostRules) {
		throw new PolicyProblem(`These are ${rules.length} targets, and a policy has ${mostRules} at most: write networks, or divide it.`, hosts);
	}

	return {rules};
};

/**
Reads a policy, YAML 1.2.

@returns What is to hold, or a sentence that names line and column. Never throws.
*/
export const parsePolicy = (text: string, vocabulary: PortVocabulary): Parsed<Policy> => {
	if (text.length > longestPolicy) {
		return rejected(`It has ${text.length} characters, and a policy has ${longestPolicy} at most.`);
	}

	const lines = new LineCounter();
	const at = (offset: number): string => {
		const {line, col} = lines.linePos(offset);
		return `line ${Math.max(1, line)}, column ${Math.max(1, col)}`;
	};

	try {
		const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, version: '1.2', schema: 'core'});
		const [error] = document.errors;
		return error === undefined ? parsed(readPolicy(vocabulary, document)) : rejected(`${at(error.pos[0])}: this is no YAML: ${error.message}`);
	} catch (error) {
		if (error instanceof PolicyProblem) {
			return rejected(`${at(error.at?.range?.[0] ?? 0)}: ${error.message}`);
		}

		// The library throws where a document nests deeper than the stack, or an alias stands for nothing.
		return rejected(`line 1, column 1: this cannot be read as YAML: ${error instanceof Error ? error.message : String(error)}`);
	}
};
