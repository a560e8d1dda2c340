# pinsum-plot's options and their values for fish.
# SPDX-License-Identifier: GPL-3.0-or-later

complete -c pinsum-plot -s p -l picture -d 'what is drawn' -xa 'scaling census matrix split'
complete -c pinsum-plot -s o -l output -d 'write a .png, .svg or .txt' -rF
complete -c pinsum-plot -s f -l format -d 'of what is written' -xa 'png svg text'
complete -c pinsum-plot -s y -l value -d 'column that is drawn' -xa 'wall_ns compute_ns speedup'
complete -c pinsum-plot -s w -l where -d 'only rows that have COLUMN=VALUE' -x
complete -c pinsum-plot -s t -l title -d 'in place of the title' -x
complete -c pinsum-plot -s s -l size -d 'pixels, as 900x560' -x
complete -c pinsum-plot -s q -l quiet -d 'errors only'
complete -c pinsum-plot -s h -l help -d 'this text'
complete -c pinsum-plot -s V -l version -d 'version and licence'
