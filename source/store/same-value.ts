/** Whether two plain values (no functions, no cycles) say the same. */
export const isSameValue = (one: unknown, other: unknown): boolean => {
	if (Object.is(one, other)) {
		return true;
	}

	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null || Array.isArray(one) !== Array.isArray(other)) {
		return false;
	}

	const keys = Object.keys(one);
	return keys.length === Object.keys(other).length && keys.every(key => Object.hasOwn(other, key) && isSameValue(one[key as keyof typeof one], other[key as keyof typeof other]));
};
