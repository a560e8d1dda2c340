/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/run-memory.h"

#include <errno.h>
#include <limits.h>
#include <linux/mempolicy.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run/sharing.h"

#define WORD_BITS (sizeof(long) * CHAR_BIT)

/* By system call: libnuma is not needed for this one. */
static int bind_to_node(void *memory, size_t size, unsigned node)
{
	size_t words = node / WORD_BITS + 1;
	unsigned long *mask = calloc(words, sizeof *mask);
	long failed;
	int error;

	if (!mask)
		return -ENOMEM;
	mask[node / WORD_BITS] = 1ul << node % WORD_BITS;
	/* The kernel reads one bit less than it is told. */
	failed = syscall(SYS_mbind, memory, size, MPOL_BIND, mask,
			 words * WORD_BITS + 1, MPOL_MF_STRICT);
	error = errno;
	free(mask);
	return failed ? -error : 0;
}

static int map(size_t size, void **memory)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return -errno;
	*memory = p;
	return 0;
}

int run_memory_probe(unsigned node)
{
	void *memory = NULL;
	int error = map(1, &memory);

	if (error)
		return error;
	error = bind_to_node(memory, 1, node);
	munmap(memory, 1);
	return error;
}

static int place(struct run *run)
{
	const struct run_setup *setup = run->setup;
	int error;

	if (setup->memory_node == NONE)
		return 0;
	error = bind_to_node(run->area->shared, run->area->shared_size,
			     (unsigned)setup->memory_node);
	if (!error || !setup->memory_node_asked)
		return 0;
	run->refused = "memory on the node of --membind";
	return error;
}

int run_memory_map(struct run *run)
{
	const struct run_setup *setup = run->setup;
	const struct sharing *sharing = setup->sharing;
	struct area *area = run->area;
	int error;

	if (!sharing->size)
		return 0;
	area->shared_size = sharing->size(setup->workers);
	error = map(area->shared_size, &area->shared);
	if (!error)
		error = place(run);
	if (error)
		return error;
	memset(area->shared, 0, area->shared_size); /* there, not later */
	return sharing->init ? sharing->init(area->shared, setup) : 0;
}

void run_memory_unmap(struct run *run)
{
	if (run->area->shared)
		munmap(run->area->shared, run->area->shared_size);
	run->area->shared = NULL;
}
