import type {BuildOptions} from 'esbuild';
import {boundInkTable, inkWithoutDevtools, meowWithoutPackageReader, stringWidthWithShortcut} from './bundle-plugins.ts';

/** How everything that runs as built is bundled: the program, and what measures it. */
export const bundleOptions = {
	bundle: true,
	// `portui lookup` loads neither Ink nor React: each dynamic import is a file of its own.
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20',
	// Every Node from 20 on knows these. Where esbuild is in doubt it makes the expression anew at every call, and Ink tests each character of a frame with one.
	supported: {'regexp-unicode-property-escapes': true},
	jsx: 'automatic',
	minify: true,
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"'},
	// CommonJS inside a module requires Node's own modules.
	banner: {js: 'import{createRequire as portuiCreateRequire}from"node:module";const require=portuiCreateRequire(import.meta.url);'},
	plugins: [inkWithoutDevtools, boundInkTable, meowWithoutPackageReader, stringWidthWithShortcut],
	logLevel: 'warning',
} satisfies BuildOptions;
