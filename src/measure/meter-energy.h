/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to meter*.c: energy of the packages, from the kernel's powercap
 * framework (intel-rapl zones called package-N, which AMD has too).
 */
#ifndef PINSUM_METER_ENERGY_H
#define PINSUM_METER_ENERGY_H

#include "measure/meter.h"

/* 0 or -ENOMEM; zones that cannot be read are left out. */
int meter_energy_open(struct meter *meter, const char *root);
void meter_energy_close(struct meter *meter);

void meter_energy_before(struct meter *meter);

/* Of the packages that the plan uses (all, where it does not pin);
 * RECORD_NA unless each of them has a zone that can be read. */
int64_t meter_energy_after(struct meter *meter, const struct machine *machine,
			   const struct plan *plan);

#endif
