/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/parking.h"

#include <errno.h>
#include <stdalign.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Descriptors travel beside a message, which must have a byte.  (Lengths are
 * socklen_t with musl.) */
struct message {
	char byte;
	struct iovec bytes;
	alignas(struct cmsghdr) char room[CMSG_SPACE(PARKING_MOST *
						     sizeof(int))];
	struct msghdr header;
};

static void compose(struct message *m, size_t count)
{
	memset(m, 0, sizeof *m);
	m->bytes = (struct iovec){.iov_base = &m->byte, .iov_len = 1};
	m->header = (struct msghdr){
		.msg_iov = &m->bytes,
		.msg_iovlen = 1,
		.msg_control = m->room,
		.msg_controllen = (socklen_t)CMSG_SPACE(count * sizeof(int)),
	};
}

int parking_open(struct parking *parking)
{
	int ends[2];

	*parking = (struct parking){-1, -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return -errno;
	*parking = (struct parking){ends[0], ends[1]};
	return 0;
}

void parking_close(struct parking *parking)
{
	if (parking->in >= 0) {
		close(parking->in);
		close(parking->out);
	}
	*parking = (struct parking){-1, -1};
}

int parking_put(const struct parking *parking, const int *fds, size_t count)
{
	struct cmsghdr *rights;
	struct message m;

	compose(&m, count);
	rights = CMSG_FIRSTHDR(&m.header);
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = (socklen_t)CMSG_LEN(count * sizeof *fds);
	memcpy(CMSG_DATA(rights), fds, count * sizeof *fds);
	if (sendmsg(parking->in, &m.header, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return -errno;
	for (size_t i = 0; i < count; i++)
		close(fds[i]);
	return 0;
}

int parking_take(const struct parking *parking, int *fds, size_t *count)
{
	const struct cmsghdr *rights;
	struct message m;

	compose(&m, PARKING_MOST);
	if (recvmsg(parking->out, &m.header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) <
	    0)
		return -errno;
	rights = CMSG_FIRSTHDR(&m.header);
	if (!rights || rights->cmsg_type != SCM_RIGHTS)
		return -EPROTO;
	*count = (rights->cmsg_len - CMSG_LEN(0)) / sizeof *fds;
	memcpy(fds, CMSG_DATA(rights), *count * sizeof *fds);
	/* Too few were free: those that did not fit are closed. */
	return m.header.msg_flags & MSG_CTRUNC ? -EMFILE : 0;
}
