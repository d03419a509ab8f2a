import test from 'ava';
import {reduce} from '../../source/store/reduce.ts';
import {portsOnOffer} from '../../source/store/selectors.ts';
import {initialState} from '../../source/store/state.ts';

const size = {columns: 80, rows: 24};

test('the form of a scan asks for what the config sets, and offers its ports before the usual ones', t => {
	const state = reduce(initialState(size, {ports: '7,9', rate: 5, exclude: ['192.0.2.1']}), {type: 'openForm'});
	t.like(state.form?.settings, {rate: 5, exclude: ['192.0.2.1']});
	t.is(portsOnOffer(state).indexOf('7,9') + 1, portsOnOffer(state).indexOf('top1000'));
});

test('without any, nothing is asked for', t => {
	t.deepEqual(reduce(initialState(size), {type: 'openForm'}).form?.settings, {});
});
