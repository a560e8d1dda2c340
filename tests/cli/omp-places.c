/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where OpenMP seats its threads: for every team of 1 to N threads, a row of
 * the team's size, the thread and the place for each thread. N is the number
 * of places.
 */
#include <omp.h>
#include <stdio.h>

/* More places than any test asks for. */
#define TEAM_MAX 64

int main(void)
{
	int places = omp_get_num_places();

	if (places < 1 || places > TEAM_MAX)
		return 1;
	for (int team = 1; team <= places; team++) {
		int seats[TEAM_MAX] = {0};

#pragma omp parallel num_threads(team)
		seats[omp_get_thread_num()] = omp_get_place_num();
		for (int i = 0; i < team; i++)
			printf("%d %d %d\n", team, i, seats[i]);
	}
	return 0;
}
