/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Privileges that the program never needs: it may have been installed set-uid
 * or set-gid by mistake.
 */
#ifndef PINSUM_PRIVILEGES_H
#define PINSUM_PRIVILEGES_H

/* Become who called, for good, and forget what hwloc would take from the
 * environment; nothing where there was nothing to drop.  To be called before
 * anything is read.  0 or a negative errno: the program must end then. */
int privileges_drop(void);

#endif
