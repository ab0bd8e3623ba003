/*
 * States and territories, in the order of their codes.
 */
#include "stix/places.h"

#include "base/num.h"

const struct place_of_us PLACES_OF_US[] = {
    {LIT_INIT("us-01"), LIT_INIT("Alabama"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-02"), LIT_INIT("Alaska"), LIT_INIT("America/Anchorage")},
    {LIT_INIT("us-04"), LIT_INIT("Arizona"), LIT_INIT("America/Phoenix")},
    {LIT_INIT("us-05"), LIT_INIT("Arkansas"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-06"), LIT_INIT("California"), LIT_INIT("America/Los_Angeles")},
    {LIT_INIT("us-08"), LIT_INIT("Colorado"), LIT_INIT("America/Denver")},
    {LIT_INIT("us-09"), LIT_INIT("Connecticut"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-10"), LIT_INIT("Delaware"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-11"), LIT_INIT("District of Columbia"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-12"), LIT_INIT("Florida"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-13"), LIT_INIT("Georgia"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-15"), LIT_INIT("Hawaii"), LIT_INIT("Pacific/Honolulu")},
    {LIT_INIT("us-16"), LIT_INIT("Idaho"), LIT_INIT("America/Boise")},
    {LIT_INIT("us-17"), LIT_INIT("Illinois"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-18"), LIT_INIT("Indiana"), LIT_INIT("America/Indiana/Indianapolis")},
    {LIT_INIT("us-19"), LIT_INIT("Iowa"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-20"), LIT_INIT("Kansas"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-21"), LIT_INIT("Kentucky"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-22"), LIT_INIT("Louisiana"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-23"), LIT_INIT("Maine"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-24"), LIT_INIT("Maryland"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-25"), LIT_INIT("Massachusetts"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-26"), LIT_INIT("Michigan"), LIT_INIT("America/Detroit")},
    {LIT_INIT("us-27"), LIT_INIT("Minnesota"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-28"), LIT_INIT("Mississippi"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-29"), LIT_INIT("Missouri"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-30"), LIT_INIT("Montana"), LIT_INIT("America/Denver")},
    {LIT_INIT("us-31"), LIT_INIT("Nebraska"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-32"), LIT_INIT("Nevada"), LIT_INIT("America/Los_Angeles")},
    {LIT_INIT("us-33"), LIT_INIT("New Hampshire"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-34"), LIT_INIT("New Jersey"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-35"), LIT_INIT("New Mexico"), LIT_INIT("America/Denver")},
    {LIT_INIT("us-36"), LIT_INIT("New York"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-37"), LIT_INIT("North Carolina"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-38"), LIT_INIT("North Dakota"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-39"), LIT_INIT("Ohio"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-40"), LIT_INIT("Oklahoma"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-41"), LIT_INIT("Oregon"), LIT_INIT("America/Los_Angeles")},
    {LIT_INIT("us-42"), LIT_INIT("Pennsylvania"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-44"), LIT_INIT("Rhode Island"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-45"), LIT_INIT("South Carolina"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-46"), LIT_INIT("South Dakota"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-47"), LIT_INIT("Tennessee"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-48"), LIT_INIT("Texas"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-49"), LIT_INIT("Utah"), LIT_INIT("America/Denver")},
    {LIT_INIT("us-50"), LIT_INIT("Vermont"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-51"), LIT_INIT("Virginia"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-53"), LIT_INIT("Washington"), LIT_INIT("America/Los_Angeles")},
    {LIT_INIT("us-54"), LIT_INIT("West Virginia"), LIT_INIT("America/New_York")},
    {LIT_INIT("us-55"), LIT_INIT("Wisconsin"), LIT_INIT("America/Chicago")},
    {LIT_INIT("us-56"), LIT_INIT("Wyoming"), LIT_INIT("America/Denver")},
    {LIT_INIT("us-60"), LIT_INIT("American Samoa"), LIT_INIT("Pacific/Pago_Pago")},
    {LIT_INIT("us-66"), LIT_INIT("Guam"), LIT_INIT("Pacific/Guam")},
    {LIT_INIT("us-69"), LIT_INIT("Northern Mariana Islands"), LIT_INIT("Pacific/Saipan")},
    {LIT_INIT("us-72"), LIT_INIT("Puerto Rico"), LIT_INIT("America/Puerto_Rico")},
    {LIT_INIT("us-78"), LIT_INIT("U.S. Virgin Islands"), LIT_INIT("America/St_Thomas")},
};
const size_t PLACES_OF_US_COUNT = COUNT_OF(PLACES_OF_US);

const struct place_of_us *place_of(str jurisdiction)
{
    for (size_t i = 0; i < PLACES_OF_US_COUNT; i++) {
        const struct place_of_us *place = &PLACES_OF_US[i];
        str rest = str_skip(jurisdiction, place->code.len);
        if (str_starts(jurisdiction, place->code) && (rest.len == 0 || rest.at[0] == '-'))
            return place;
    }
    return NULL;
}
