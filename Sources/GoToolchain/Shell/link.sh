#!/bin/sh
tool=$1
shift
case "$tool" in
*/link | */link.exe)
	last=
	for argument in "$@"; do
		if [ "$last" = -importcfg ]; then
			awk '/^packagefile runtime=/ { print "packagefile runtime=" ENVIRON["ALLOCBISECT_RUNTIME"]; next } { print }' \
				"$argument" >"$argument.changed" && mv "$argument.changed" "$argument" || exit 1
		fi
		last=$argument
	done
	;;
esac
exec "$tool" "$@"
