/*
 * Every line has a stroke in it but the last, where that is the number of those which are not kept.
 */
#include "sweep/phases.h"

#include "base/num.h"
#include "base/utf8.h"

#define NAME_BYTES_MAX 100u

/* "chain/phase", without line feeds. */
static str phase_of(struct arena *a, json object)
{
    str chain = utf8_part(json_get_string(object, LIT("kill_chain_name")), NAME_BYTES_MAX);
    str name = utf8_part(json_get_string(object, LIT("phase_name")), NAME_BYTES_MAX);
    str phase = arena_join(a, chain, LIT("/"), name);
    for (char *at; (at = memchr(phase.at, '\n', phase.len)) != NULL;)
        *at = ' ';
    return phase;
}

str phases_read(struct arena *a, json list)
{
    str phases = {0};
    size_t count = 0;
    for (struct json_walk w = json_walk(list); json_next(&w);) {
        if (!json_is(w.value, JSON_OBJECT) || count++ >= PHASES_MAX)
            continue;
        str phase = phase_of(a, w.value);
        phases = count == 1 ? phase : arena_join(a, phases, LIT("\n"), phase);
    }
    return count > PHASES_MAX ? arena_print(a, "%.*s\n%zu", STR_ARG(phases), count - PHASES_MAX)
                              : phases;
}

bool phases_cut(str *rest, str *phase, uint64_t *more)
{
    str line;
    *more = 0;
    if (rest->len == 0 || !str_cut(rest, '\n', &line))
        return false;
    if (str_find_char(line, '/') == line.len) {
        str_to_u64(line, more);
        return false;
    }
    *phase = line;
    return true;
}
