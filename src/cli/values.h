/*
 * Values of flags and of cells in CSV files, read with words for people. All fail with ERR_USAGE.
 */
#ifndef TOCSIN_CLI_VALUES_H
#define TOCSIN_CLI_VALUES_H

#include "cli/command.h"
#include "stix/marking.h"

/* "amber+strict", "TLP:RED", … */
err values_tlp(struct arena *a, str text, enum tlp *out) MUST_USE;

/* A list of jurisdictions, each in its canonical form, in `a`. */
struct value_list {
    const str *items;
    size_t count;
};
err values_jurisdictions(struct arena *a, struct value_list texts, struct value_list *out) MUST_USE;

/* Bits of roles, of sectors. */
err values_roles(struct arena *a, struct value_list texts, unsigned *out) MUST_USE;
err values_sectors(struct arena *a, struct value_list texts, unsigned *out) MUST_USE;

/*
 * When something ends: "90d" or "12h" from now, a day (which it includes, UTC), or a time such as
 * 2026-11-24T10:00:00Z. Empty: 0.
 */
err values_end(struct arena *a, str text, int64_t now_us, int64_t *out) MUST_USE;

/* A whole number from 1 up; `absent` where the text is empty. */
err values_count(struct arena *a, str text, size_t absent, size_t *out) MUST_USE;

/* The repeated flag's values. */
struct value_list values_of(struct arena *a, const struct cli *cli, const char *flag);

/* "a;b;c", white space around each left out, empty parts too. */
struct value_list values_split(struct arena *a, str text);

/* The names of the bits, in `a`. */
struct value_list values_role_names(struct arena *a, unsigned roles);
struct value_list values_sector_names(struct arena *a, unsigned sectors);

#endif
