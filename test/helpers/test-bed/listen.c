/*
Listens on ports of every address and hangs up on whoever connects.

Usage: listen <port>…

Prints "ready" when all of them listen, and ends with its parent. A program in C, because one in Node would compete with the scanner for the processor.
*/
#define _GNU_SOURCE
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	/* As long as the namespace allows, so that the queue of connections never overflows. */
	backlog = 65535,
	events_at_once = 256,
};

static void fail(const char *what) {
	perror(what);
	exit(1);
}

int main(int count, char **words) {
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	int poll = epoll_create1(EPOLL_CLOEXEC);
	if (poll < 0) fail("epoll_create1");
	for (int index = 1; index < count; index++) {
		int listener = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons((unsigned short)atoi(words[index])), .sin6_addr = in6addr_any};
		struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
		if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, backlog) < 0 || epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) < 0) fail(words[index]);
	}
	puts("ready");
	fflush(stdout);

	for (;;) {
		struct epoll_event events[events_at_once];
		int ready = epoll_wait(poll, events, events_at_once, -1);
		for (int index = 0; index < ready; index++) {
			for (int connection; (connection = accept4(events[index].data.fd, NULL, NULL, SOCK_CLOEXEC)) >= 0;) {
				/* A RST instead of a FIN: no TIME_WAIT stays behind. */
				struct linger linger = {1, 0};
				setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
				close(connection);
			}
		}
	}
}
