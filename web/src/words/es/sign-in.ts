/*
 * Spanish: signing in, and setting what one signs in with.
 */
import type * as en from "../en/sign-in";

export const signIn: typeof en.signIn = {
  title: "Iniciar sesión",
  overTitle: "Inicie sesión de nuevo",
  over:
    "Su sesión terminó: estuvo demasiado tiempo sin uso, se cerró desde otro lugar o se detuvo " +
    "su acceso. Lo que escribió en la página se conserva. Inicie sesión y continúe.",
  overShared:
    "Su sesión terminó, como ocurre en una computadora compartida tras 15 minutos sin un clic. " +
    "Lo que tenía abierto ya no está en esta pantalla; la plataforma conserva los borradores.",
  email: "Correo electrónico",
  password: "Contraseña",
  shared: "Otras personas también usan esta computadora",
  sharedHint: "La sesión se cierra tras 15 minutos sin un clic.",
  act: "Iniciar sesión con contraseña",
  passkeyTitle: "Con una llave de acceso",
  passkeyAbout: "Su dispositivo le pide su huella, su rostro o su PIN. No hay que escribir nada.",
  passkeyAct: "Iniciar sesión con una llave de acceso",
  passwordTitle: "Con correo electrónico y contraseña",
  failed: "Todavía no ha iniciado sesión.",
  noPasskeys: "Este navegador no tiene llaves de acceso. Use su contraseña.",
  chairsTitle: "¿Qué puesto quiere ocupar?",
  chairsAbout:
    "Esto es un simulacro que existe solo en esta máquina. Cada puesto muestra la misma historia " +
    "desde otro lado; ocupe uno, cierre la sesión y ocupe el siguiente. Las páginas que siguen " +
    "están en inglés.",
  take: (title: string) => `Ocupar el puesto de ${title}`,
  withPassword: "Mejor iniciar sesión con una contraseña",
  second: {
    title: "Un paso más",
    about: "Su contraseña es correcta. Su cuenta pide una segunda prueba de que es usted.",
    passkey: "Usar su llave de acceso",
    code: "Código de su aplicación de autenticación",
    codeHint: "Seis dígitos que cambian cada 30 segundos.",
    act: "Iniciar sesión con este código",
    recovery: "Código de recuperación",
    recoveryHint: "Uno de los diez que imprimió. Cada uno sirve una sola vez.",
    recoveryAct: "Iniciar sesión con este código de recuperación",
    toCode: "Usar un código de su aplicación de autenticación",
    toRecovery: "Usar un código de recuperación",
    toPasskey: "Mejor usar su llave de acceso",
    back: "Iniciar sesión como otra persona",
  },
  help: {
    title: "Si no puede entrar",
    order: [
      "Un código de recuperación reemplaza un teléfono o una llave que se perdió: inicie sesión " +
        "con su contraseña y después elija «Usar un código de recuperación».",
      "Otra llave de acceso o aplicación que usted haya agregado sirve igual que la perdida.",
      "Si no, llame a quien administra las cuentas de su oficina. Esa persona le devuelve la " +
        "llamada al número registrado y le crea un enlace para entrar.",
    ],
    steward: (contact: string) =>
      `Si nadie de su oficina puede, llame a quien administra la plataforma: ${contact}.`,
    noContact: "Si nadie de su oficina puede, llame a quien administra la plataforma.",
    suspended:
      "Una cuenta suspendida se rechaza con las mismas palabras que una contraseña equivocada. " +
      "Quien administra sus cuentas puede decírselo.",
    never: "Nadie de aquí le pide su contraseña, ni por correo ni por teléfono.",
  },
};

export const passkeys: typeof en.passkeys = {
  cancelled: "El dispositivo no terminó. Nada cambió; pulse el botón cuando esté listo.",
  known: "Este dispositivo ya guarda una llave de acceso para esta cuenta.",
  unusable: "Este navegador no puede usar llaves de acceso aquí.",
};

export const link: typeof en.link = {
  steps: (n: number) => `Paso ${n} de 3`,
  looking: "Su enlace",
  invited: (by: string, exchange: string) => `${by} le invita a ${exchange}`,
  invitedPlain: (exchange: string) => `Recibió una invitación a ${exchange}`,
  again: (organization: string) => `Elija cómo volver a entrar en ${organization}`,
  by: (person: string | undefined, organization: string) =>
    person ? `${person}, de ${organization},` : organization,
  forWhom: (name: string, organization: string) => `${name}, por ${organization}`,
  until: (when: string) => `El enlace es válido hasta el ${when}`,
  nothingYet: "Todavía no ha pasado nada: abrir el enlace no cambia nada hasta que pulse el botón.",
  aboutNew:
    "Aquí se informan mutuamente organismos públicos, oficinas electorales y empresas. Usted " +
    "elige cómo iniciar sesión y después ve lo que va dirigido a su oficina. Las páginas que " +
    "siguen están en inglés.",
  aboutAgain:
    "Lo que elija ahora reemplaza la contraseña, las llaves de acceso, la aplicación y los " +
    "códigos de recuperación que tenía, y cierra su sesión en todos los demás lugares.",
  kept: {
    title: "Qué se guarda de usted y quién lo ve",
    rows: [
      ["Nombre y oficina", "Quien lea lo que usted responda, organice o escriba."],
      [
        "Correo electrónico y teléfono",
        "Quienes administran las cuentas de su oficina y la plataforma. Si usted es funcionario " +
          "de guardia: los miembros, para comunicarse con usted. Si responde por un anfitrión: " +
          "los otros anfitriones, el número.",
      ],
      [
        "Con qué inicia sesión",
        "Nadie. De una contraseña se guarda una forma cifrada; de una llave de acceso, su mitad " +
          "pública.",
      ],
      ["Cuándo inició sesión", "Quienes administran la plataforma, en el registro de auditoría."],
      ["Desde dónde", "Usted, en su cuenta."],
      [
        "Lo que se le mostró",
        "Se anota en recibos, para que las correcciones le lleguen. Quien compartió algo, y " +
          "quienes administran la plataforma, pueden preguntar a cuántos se les entregó y, en " +
          "pocos casos, a quiénes.",
      ],
    ],
    voluntary: "Participar es voluntario. Si no quiere, cierre esta página.",
  },
  begin: (name: string) => `Empezar como ${name}`,
  notBegun: "Todavía no se abrió nada.",
  waits: (when: string) => `Este enlace se abre el ${when}`,
  waitsAbout:
    "Se creó para una cuenta con la que ya se puede entrar; por eso espera 24 horas: se avisa a " +
    "su titular, que puede anularlo. Otra persona que administre la plataforma puede confirmarlo " +
    "antes. Ábralo de nuevo entonces.",
  dead: "Este enlace ya no abre nada",
  deadReasons: [
    "Ya se usó: en cuanto se pone una contraseña o una llave de acceso, el enlace termina. " +
      "Entonces, simplemente inicie sesión.",
    "Tiene más de 14 días. Pida otro a quien se lo envió.",
    "Su programa de correo lo cortó. Cópielo entero.",
    "El titular de la cuenta lo anuló.",
  ],
  toSignIn: "Ir a iniciar sesión",
  wrongTitle: "Otra persona tiene la sesión abierta aquí",
  wrong: (signedIn: string, meant: string) =>
    `En este navegador tiene la sesión abierta ${signedIn}. El enlace es para ${meant}.`,
  wrongAct: (name: string) => `Cerrar la sesión de ${name} y continuar`,
  set: {
    title: "¿Cómo va a iniciar sesión?",
    passkeyTitle: "Una llave de acceso, lo más seguro y lo más rápido",
    passkeyAbout:
      "La guarda su teléfono, su computadora o su llave de seguridad, detrás de su huella, su " +
      "rostro o su PIN. No se puede adivinar ni entregar a una página falsa.",
    passkeyAct: "Crear una llave de acceso en este dispositivo",
    noPasskeys:
      "Este navegador no tiene llaves de acceso; será entonces una contraseña y una aplicación.",
    notMade: "Todavía no hay una llave de acceso.",
    passwordTitle: "O una contraseña y una aplicación en su teléfono",
    passwordChoose: "Mejor usar una contraseña y una aplicación",
    password: "Una contraseña nueva",
    passwordHint: "Al menos 12 caracteres. Sirven unas pocas palabras sin relación entre sí.",
    passwordAct: "Poner esta contraseña",
    notSet: "Todavía no hay una contraseña.",
    shared:
      "En una computadora compartida no cree una llave de acceso: la tendría quien la use después.",
  },
  app: {
    title: "Agregue la aplicación en su teléfono",
    later: "Hacerlo más tarde, en su cuenta",
  },
  done: {
    title: "Ya está dentro. Guarde estos diez códigos",
    next: "Ir a lo que espera su respuesta",
  },
};

export const tokensLeft: typeof en.tokensLeft = {
  head: "Su contraseña está puesta",
  title: "Claves suyas que siguen funcionando",
  count: (n: number) => (n === 1 ? "1 clave" : `${n} claves`),
  about:
    "Los programas que tienen una de ellas siguen entrando en su nombre: cambiar la manera de " +
    "iniciar sesión no los detiene. Anúlelas si otra persona puede tenerlas, o si no las conoce.",
  end: (n: number) => (n === 1 ? "Anular esta clave" : `Anular las ${n} claves`),
  endAll: "Anular todas estas claves",
  notEnded: "Las claves siguen funcionando.",
  notShown: "No se sabe si alguna clave suya sigue funcionando.",
  ended: "Ya no funciona ninguna clave suya.",
  next: "Ir a su cuenta",
};

export const app: typeof en.app = {
  scan: "Escanee esto con una aplicación de autenticación en su teléfono.",
  image: "Código QR con la clave de abajo",
  type: "O escriba esta clave en la aplicación:",
  onPhone: "Abrir la aplicación en este teléfono",
  code: "El código que la aplicación muestra ahora",
  codeHint: "Seis dígitos. Demuestran que la aplicación tiene la clave.",
  act: "Agregar esta aplicación",
  notAdded: "La aplicación todavía no se agregó.",
};

export const codes: typeof en.codes = {
  about:
    "Cada código reemplaza una sola vez un teléfono o una llave que se perdió. Guárdelos en " +
    "papel, lejos del dispositivo. No se vuelven a mostrar.",
  list: "Códigos de recuperación",
  print: "Imprimir los códigos",
  save: "Guardar como archivo de texto",
  file: "tocsin-codigos-de-recuperacion.txt",
  fileHead: (exchange: string, email: string) =>
    `${exchange}\nCódigos de recuperación de ${email}\n`,
  notMade: "No se creó ningún código.",
};

export const faults: typeof en.faults = {
  "/email": "Escriba su correo electrónico.",
  "/password": "Esta contraseña no sirve: use al menos 12 caracteres y ninguna que sea común.",
  "/code": "Este código no es correcto.",
};
