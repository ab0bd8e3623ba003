/*
 * The steps of a demo's story: what people did about briefings, each at its time.
 */
#ifndef TOCSIN_CLI_DEMO_STEPS_H
#define TOCSIN_CLI_DEMO_STEPS_H

#include "base/map.h"
#include "store/store.h"
#include "json/json.h"

/* A story under way. */
struct demo {
    struct arena *a;
    struct session *s;
    struct map named; /* what a step made, by the name the story gives it -> str: the id */
};

/*
 * Carries out one step in the write session: as its person, at its time, by the verb of service/
 * that a page calls. ERR_INPUT: the step lacks something. Else what the verb says.
 */
err demo_step(struct demo *demo, json step) MUST_USE;

#endif
