/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/privileges.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

/* The group first: afterwards it could not be changed any more. */
static int become_caller(uid_t uid, gid_t gid)
{
	uid_t ruid, euid, suid;
	gid_t rgid, egid, sgid;

	if (setresgid(gid, gid, gid) || setresuid(uid, uid, uid) ||
	    getresgid(&rgid, &egid, &sgid) || getresuid(&ruid, &euid, &suid))
		return -errno;
	if (ruid != uid || euid != uid || suid != uid || rgid != gid ||
	    egid != gid || sgid != gid)
		return -EPERM;
	/* The kernel was believed once; now it has to show it. */
	if (uid != 0 && setuid(0) == 0)
		return -EPERM;
	return 0;
}

/* The loader has removed its own variables; hwloc has some that name files. */
static int forget_hwloc(void)
{
	static const char prefix[] = "HWLOC_";
	char **variable = environ;

	while (variable && *variable) {
		size_t length = strcspn(*variable, "=");
		char *name;

		if (strncmp(*variable, prefix, strlen(prefix)) != 0) {
			variable++;
			continue;
		}
		name = strndup(*variable, length);
		if (!name || unsetenv(name)) {
			free(name);
			return -ENOMEM;
		}
		free(name);
		variable = environ; /* which has changed */
	}
	return 0;
}

int privileges_drop(void)
{
	uid_t uid = getuid();
	gid_t gid = getgid();
	int error = 0;

	if (geteuid() != uid || getegid() != gid)
		error = become_caller(uid, gid);
	if (!error && getauxval(AT_SECURE))
		error = forget_hwloc();
	return error;
}
