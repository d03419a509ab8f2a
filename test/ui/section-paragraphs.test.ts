import test from 'ava';
import {sectionsOf} from '../../source/report/lookup-sections.ts';
import {linesOfParagraphs} from '../../source/ui/components/paragraphs.tsx';
import {headlineParagraph, sectionParagraphs} from '../../source/ui/section-paragraphs.ts';
import {factsOf, lookupContext} from '../helpers/lookup-registry.ts';

const [ircu, vite] = factsOf(6667, 5173);
const paragraphs = sectionsOf(ircu!, lookupContext).flatMap(section => sectionParagraphs(section));

test('the one line about a port, without its number', t => {
	t.is(headlineParagraph(ircu!).text, 'ircu — IRC: chat clients connect to a server here');
	t.is(headlineParagraph(vite!).text, 'commonly Vite — npm run dev; IANA: unassigned');
});

test('the screen has every fact of the report, each section under its label', t => {
	const told = sectionsOf(ircu!, lookupContext).flatMap(({label, lines}) => [label, ...lines.map(({text}) => text)]);
	t.deepEqual(paragraphs.map(({text}) => text), told);
	t.is(paragraphs.find(({text}) => text.startsWith('risk: '))!.role, 'severity-low', 'as grave as from where it is gravest');
});

test('every line keeps to the narrowest pane and to the widest', t => {
	for (const width of [23, 32, 64]) {
		t.deepEqual(linesOfParagraphs(paragraphs, width).filter(({text}) => text.length > width), []);
	}
});
