/*
 * Spanish: what is behind the links that a change of contact mails.
 */
import type * as en from "../en/account";

export const contactConfirm: typeof en.contactConfirm = {
  title: "¿Es esta su dirección?",
  about:
    "Alguien que inició sesión en una cuenta de esta plataforma dio esta dirección como suya. Si " +
    "fue usted, dígalo aquí. Vale 24 horas después de haberlo pedido.",
  else: "Si no fue usted, cierre esta página: nada cambia.",
  act: "Fui yo: esta es mi dirección",
  failed: "La dirección no está confirmada.",
  done: "La dirección está confirmada",
  then:
    "Cuando pasen las 24 horas, usted inicia sesión con ella y allí llega el correo sobre su " +
    "cuenta. Hasta entonces, la dirección anterior todavía puede detener el cambio.",
  toAccount: "Ir a su cuenta",
};

export const contactStop: typeof en.contactStop = {
  title: "¿Fue usted quien cambió esta cuenta?",
  about:
    "Alguien que inició sesión en la cuenta de esta dirección cambió el nombre, la dirección o " +
    "el número de teléfono. El cambio vale 24 horas después.",
  else: "Si fue usted, cierre esta página. No hace falta nada más.",
  act: "No fui yo: detener el cambio",
  failed: "El cambio no se detuvo.",
  done: "El cambio se detuvo",
  then:
    "Ahora inicie sesión, cierre las sesiones que no conozca y ponga otra contraseña. Si no " +
    "puede, llame a quien administra sus cuentas.",
  toAccount: "Ir a su cuenta",
};
