import test from 'ava';
import {createPortBooks, forgetSilence, lostOdds, noteSilence} from '../../../source/scan/pace/port-books.ts';

test('the odds that all tries were lost are those of the loss of their time, as it is known now', t => {
	const books = createPortBooks(2);
	const loss = [0.5, 0.1];
	const lossOf = (epoch: number): number => loss[epoch]!;
	t.is(lostOdds(books, 1, lossOf), 1);
	noteSilence(books, 1, 0, lossOf);
	noteSilence(books, 1, 0, lossOf);
	t.is(lostOdds(books, 1, lossOf), 0.25);
	loss[0] = 0.2;
	t.true(Math.abs(lostOdds(books, 1, lossOf) - 0.04) < 1e-9, 'more was learnt of the present epoch');
	noteSilence(books, 1, 1, lossOf);
	t.true(Math.abs(lostOdds(books, 1, lossOf) - 0.004) < 1e-9);
	t.is(books.silentTries[1], 3);
	t.is(lostOdds(books, 0, lossOf), 1, 'ports are apart');
});

test('a try that could not come through is taken back', t => {
	const books = createPortBooks(1);
	const lossOf = (): number => 0.1;
	books.tries[0] = 1;
	noteSilence(books, 0, 0, lossOf);
	forgetSilence(books, 0);
	forgetSilence(books, 0);
	t.is(books.tries[0], 0);
	t.is(books.silentTries[0], 0);
	t.is(lostOdds(books, 0, lossOf), 1);
});
