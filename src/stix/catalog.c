/*
 * Finding a type in the catalog. The tables are short and names differ in length, so that a walk
 * over them costs less than a hash.
 */
#include "stix/catalog.h"

static const struct catalog_type *find_in(const struct catalog_table *table, str name)
{
    for (size_t i = 0; i < table->count; i++) {
        if (str_eq(table->types[i].name, name))
            return &table->types[i];
    }
    return NULL;
}

const struct catalog_type *catalog_find(enum catalog_edition edition, str name)
{
    const struct catalog_type *found;
    if (edition == CATALOG_2_0)
        return find_in(&CATALOG_TYPES_2_0, name);
    if ((found = find_in(&CATALOG_SDO_2_1, name)))
        return found;
    if ((found = find_in(&CATALOG_SCO_2_1, name)))
        return found;
    return find_in(&CATALOG_META_2_1, name);
}

const struct catalog_type *catalog_find_own(str name)
{
    return find_in(&CATALOG_OWN, name);
}

const struct catalog_type *catalog_find_observable(str name)
{
    return find_in(&CATALOG_OBSERVABLES_2_0, name);
}
