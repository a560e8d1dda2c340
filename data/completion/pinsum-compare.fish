# pinsum-compare's options for fish.
# SPDX-License-Identifier: GPL-3.0-or-later

complete -c pinsum-compare -l environment -d 'two saved environment reports: OLD,NEW' -rF
complete -c pinsum-compare -l margin -d 'differences up to that percentage are none' -x
complete -c pinsum-compare -l noheadings -d 'no header row'
complete -c pinsum-compare -s q -l quiet -d 'errors only'
complete -c pinsum-compare -s h -l help -d 'this text'
complete -c pinsum-compare -s V -l version -d 'version and licence'
