/*
A link between two network namespaces with a delay, jitter and loss of its own: many kernels have no netem.

Usage: link <namespace> <namespace> <device> <delay µs> <jitter µs> <loss per million> <seed>

It makes a TUN device of that name in each namespace and carries IP packets from one to the other. Each packet waits for the delay and up to the jitter more, so packets may overtake each other as they do on a path with jitter, and is lost with those odds, each way. Prints "ready" when both devices are there, and ends with its parent.
*/
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum {
	largest_packet = 2048,
	slot_us = 50,
	/* Longer than any delay: 65,536 slots are 3.2 s. */
	slot_count = 65536,
	/* Packets read in one go from one device, before the other has its turn. */
	read_at_once = 64,
};

struct packet {
	struct packet *next;
	int to;
	size_t length;
	char bytes[];
};

/* A timer wheel: what is due in the same 50 µs, in the order of arrival. */
static struct packet *first[slot_count], *last[slot_count];
static uint64_t waiting_count;

static void fail(const char *what) {
	perror(what);
	exit(1);
}

static uint64_t now_us(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* xorshift64*: the same seed loses the same packets. */
static uint64_t state;
static uint64_t draw(uint64_t below) {
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return below == 0 ? 0 : ((state * 0x2545F4914F6CDD1DULL) >> 33) % below;
}

static int open_device(const char *namespace, const char *name) {
	char path[256];
	snprintf(path, sizeof path, "/run/netns/%s", namespace);
	int handle = open(path, O_RDONLY | O_CLOEXEC);
	if (handle < 0 || setns(handle, CLONE_NEWNET) < 0) fail(path);
	close(handle);
	int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (device < 0) fail("/dev/net/tun");
	struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
	strncpy(request.ifr_name, name, IFNAMSIZ - 1);
	if (ioctl(device, TUNSETIFF, &request) < 0) fail("TUNSETIFF");
	return device;
}

static void queue(int to, const char *bytes, size_t length, uint64_t due_us) {
	struct packet *packet = malloc(sizeof *packet + length);
	if (packet == NULL) fail("malloc");
	*packet = (struct packet){.to = to, .length = length};
	memcpy(packet->bytes, bytes, length);
	uint64_t slot = due_us / slot_us % slot_count;
	if (first[slot] == NULL) first[slot] = packet;
	else last[slot]->next = packet;
	last[slot] = packet;
	waiting_count++;
}

static void deliver(uint64_t slot) {
	for (struct packet *packet = first[slot]; packet != NULL;) {
		struct packet *next = packet->next;
		/* EIO: the other device is not up yet, and the packet one of those a system sends of itself when its own comes up. */
		if (write(packet->to, packet->bytes, packet->length) < 0 && errno != EIO) perror("a packet was not taken");
		free(packet);
		waiting_count--;
		packet = next;
	}
	first[slot] = last[slot] = NULL;
}

int main(int count, char **words) {
	if (count != 8) {
		fprintf(stderr, "Usage: link <namespace> <namespace> <device> <delay µs> <jitter µs> <loss per million> <seed>\n");
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	struct pollfd ends[2] = {{open_device(words[1], words[3]), POLLIN, 0}, {open_device(words[2], words[3]), POLLIN, 0}};
	uint64_t delay_us = strtoull(words[4], NULL, 10), jitter_us = strtoull(words[5], NULL, 10), loss = strtoull(words[6], NULL, 10);
	state = strtoull(words[7], NULL, 10) * 2 + 1;
	if (delay_us + jitter_us >= (uint64_t)slot_us * (slot_count - 1)) return 2;
	puts("ready");
	fflush(stdout);

	char bytes[largest_packet];
	uint64_t done = now_us() / slot_us;
	for (;;) {
		struct timespec pause = {0, slot_us * 1000};
		if (ppoll(ends, 2, waiting_count > 0 ? &pause : NULL, NULL) < 0) fail("ppoll");
		for (int from = 0; from < 2; from++) {
			for (int round = 0; round < read_at_once; round++) {
				ssize_t length = read(ends[from].fd, bytes, sizeof bytes);
				if (length <= 0) break;
				if (draw(1000000) >= loss) queue(ends[1 - from].fd, bytes, (size_t)length, now_us() + delay_us + draw(jitter_us));
			}
		}
		for (uint64_t now = now_us() / slot_us; done < now;) deliver(done++ % slot_count);
	}
}
