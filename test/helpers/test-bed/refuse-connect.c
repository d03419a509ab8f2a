/*
Runs a program whose every connect() the kernel refuses with an error of choice, as the security policy of a machine does.

Usage: refuse-connect <errno> <program> [argument]…

A firewall on the way out is no help here: Linux says nothing of what it drops. A filter of system calls (seccomp(2)) answers in the call itself, as a policy by cgroup or a security module does. Ends with 77 where there can be no filter.
*/
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { no_filter = 77 };

int main(int count, char **words) {
	if (count < 3) {
		fprintf(stderr, "Usage: refuse-connect <errno> <program> [argument]…\n");
		return 2;
	}
	/* The number of the call, then what becomes of it. The program has the architecture of this one. */
	struct sock_filter rules[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ((unsigned)atoi(words[1]) & SECCOMP_RET_DATA)),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {sizeof rules / sizeof *rules, rules};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0) {
		perror("refuse-connect");
		return no_filter;
	}
	execvp(words[2], words + 2);
	perror(words[2]);
	return 127;
}
