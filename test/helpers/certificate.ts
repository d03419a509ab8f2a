import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** A certificate for localhost and 127.0.0.1 that signs itself, and its key; undefined where there is no openssl to make it. */
export const makeCertificate = (): {readonly key: string; readonly cert: string} | undefined => {
	const folder = mkdtempSync(path.join(tmpdir(), 'portui-certificate-'));
	const [key, cert] = ['key.pem', 'cert.pem'].map(name => path.join(folder, name)) as [string, string];
	try {
		execFileSync('openssl', [
			'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost',
			'-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert,
		], {stdio: 'ignore'});
		return {key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8')};
	} catch {
		return undefined;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};
