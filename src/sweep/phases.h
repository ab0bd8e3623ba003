/*
 * The kill-chain phases of an indicator, as one text that many indicators share: "chain/phase", one
 * a line, long names cut. In STIX a phase may be of any kill chain, also of DISARM or ATT&CK.
 */
#ifndef TOCSIN_SWEEP_PHASES_H
#define TOCSIN_SWEEP_PHASES_H

#include "json/json.h"

#define PHASES_MAX 8u /* of one indicator; of the others only how many they are */

/* Of a list `kill_chain_phases`; empty where it is none. */
str phases_read(struct arena *a, json list);

/*
 * Takes the first phase off the front of `*rest`. False at the end, where `*more` is how many there
 * are that are not kept.
 */
bool phases_cut(str *rest, str *phase, uint64_t *more);

#endif
