#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Brings po/*.po up to date with the sources: new strings come in empty, gone
# ones leave.  With --check it changes nothing and fails when a translation is
# missing, fuzzy or out of date.
set -e
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --add-comments=Translators \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
  --keyword=ngettext:1,2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 \
  --package-name=stationmaster --sort-output --no-location --output="$work/all.pot"
for language in $(cat po/LINGUAS); do
  msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-output --no-location \
    --output-file="$work/$language.po" "po/$language.po" "$work/all.pot"
  msgattrib --no-obsolete --no-wrap --sort-output --no-location --output-file="$work/new.po" "$work/$language.po"
  if [ "$1" = --check ]; then
    msgfmt --check --output-file=/dev/null "$work/new.po"
    missing=$(msgattrib --untranslated "$work/new.po")
    fuzzy=$(msgattrib --only-fuzzy "$work/new.po")
    if [ -n "$missing$fuzzy" ]; then
      printf '%s is not complete:\n%s\n%s\n' "$language" "$missing" "$fuzzy"
      exit 1
    fi
  else
    cp "$work/new.po" "po/$language.po"
  fi
done
