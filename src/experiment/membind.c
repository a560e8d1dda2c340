/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/membind.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/message.h"
#include "base/number.h"
#include "run/run-memory.h"
#include "run/sharing.h"

static bool is_node_type(const char *text, size_t length)
{
	static const char *const names[] = {"numanode", "numa", "node"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == length &&
		    !strncasecmp(names[i], text, length))
			return true;
	return false;
}

static int parse(const struct experiment *e, const char *text, int *node)
{
	const struct level *nodes = topology_level(e->machine, LEVEL_NUMA);
	size_t length = strcspn(text, ":");
	uint64_t number = 0;

	if (!is_node_type(text, length) || text[length] != ':' ||
	    number_parse_count(text + length + 1, &number)) {
		message_error("--membind: '%s' is not a NUMA node such as "
			      "numanode:0",
			      text);
		return -EINVAL;
	}
	if (!nodes || number >= nodes->count) {
		message_error("--membind: there is no '%s': this machine has "
			      "%u NUMA node%s",
			      text, nodes ? nodes->count : 0,
			      nodes && nodes->count == 1 ? "" : "s");
		return -EINVAL;
	}
	*node = (int)number;
	return 0;
}

/* The node nearest to the first worker. */
static int first_workers_node(const struct experiment *e,
			      const struct config *config)
{
	const struct seat *seat = &config->plan.seats[0];

	if (!seat->count)
		return NONE;
	return e->machine->pus[config->plan.pus[seat->first]].numa;
}

/* Some containers forbid the call.  Where there is one node only, memory is
 * there in any case. */
static bool can_choose(const struct experiment *e, const struct level *nodes,
		       int node)
{
	const char *asked = e->options->membind;
	int error = 0;

	if (e->machine->is_this_system && (asked || nodes->count > 1))
		error = run_memory_probe((unsigned)nodes->objects[node].os);
	if (error && asked)
		message_error("--membind: the kernel gives no memory on '%s': "
			      "%s",
			      asked, strerror(-error));
	return !error;
}

int membind_choose(const struct experiment *e, struct config *config)
{
	const struct level *nodes = topology_level(e->machine, LEVEL_NUMA);
	int node = first_workers_node(e, config);

	config->setup.memory_node = NONE;
	if (e->options->membind && parse(e, e->options->membind, &node))
		return -EINVAL;
	if (!config->setup.sharing->size || node == NONE || !nodes)
		return 0;
	if (!can_choose(e, nodes, node))
		return e->options->membind ? -EINVAL : 0;
	config->setup.memory_node = nodes->objects[node].os;
	config->setup.memory_node_asked = e->options->membind != NULL;
	snprintf(config->membind_text, sizeof config->membind_text,
		 "numanode:%d", node);
	return 0;
}
