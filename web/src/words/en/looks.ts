/*
 * The words of home for whoever is asked whether names may be told of who was given a thing.
 */

/* "Ada of Harbor Office", or whoever runs the machine. */
export const asker = (name: string | undefined, office: string | undefined) => {
  if (!name) return office ? `The operator of the exchange, for ${office},` : "The operator";
  return office ? `${name} of ${office}` : name;
};

export const looks = {
  looks: {
    asks: (name: string | undefined, office: string | undefined) =>
      `${asker(name, office)} asks to be told by name who was given this`,
    why: (reason: string) => `Why: ${reason}`,
    consequence:
      "Names are told only if a second person agrees. Whoever is named sees who asked, and why. " +
      "Nobody’s word by then is a no:",
    agree: "Agree that they are told",
    refuse: "No, tell no names",
    notSaid: "What you said is not kept yet.",
  },
};
