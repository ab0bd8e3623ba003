/*
 * The vocabularies, in the order of the standard.
 */
#include "stix/words.h"

#include "base/num.h"

#define WORDS(ident, name, section, is_closed)                                   \
    const struct catalog_words ident = {name, section, is_closed, ident##_ITEMS, \
                                        COUNT_OF(ident##_ITEMS)}
#define OPEN(ident, name, section) WORDS(ident, name, section, false)
#define CLOSED(ident, name, section) WORDS(ident, name, section, true)

/* clang-format off */
static const str WORDS_ACCOUNT_TYPE_ITEMS[] = {
    LIT_INIT("facebook"), LIT_INIT("ldap"), LIT_INIT("nis"), LIT_INIT("openid"),
    LIT_INIT("radius"), LIT_INIT("skype"), LIT_INIT("tacacs"), LIT_INIT("twitter"),
    LIT_INIT("unix"), LIT_INIT("windows-local"), LIT_INIT("windows-domain"),
};
OPEN(WORDS_ACCOUNT_TYPE, "account-type-ov", "10.1");

static const str WORDS_ATTACK_MOTIVATION_ITEMS[] = {
    LIT_INIT("accidental"), LIT_INIT("coercion"), LIT_INIT("dominance"), LIT_INIT("ideology"),
    LIT_INIT("notoriety"), LIT_INIT("organizational-gain"), LIT_INIT("personal-gain"),
    LIT_INIT("personal-satisfaction"), LIT_INIT("revenge"), LIT_INIT("unpredictable"),
};
OPEN(WORDS_ATTACK_MOTIVATION, "attack-motivation-ov", "10.2");

static const str WORDS_ATTACK_RESOURCE_LEVEL_ITEMS[] = {
    LIT_INIT("club"), LIT_INIT("contest"), LIT_INIT("team"), LIT_INIT("organization"),
    LIT_INIT("government"), LIT_INIT("individual"),
};
OPEN(WORDS_ATTACK_RESOURCE_LEVEL, "attack-resource-level-ov", "10.3");

static const str WORDS_ENCRYPTION_ALGORITHM_ITEMS[] = {
    LIT_INIT("AES-256-GCM"), LIT_INIT("ChaCha20-Poly1305"), LIT_INIT("mime-type-indicated"),
};
CLOSED(WORDS_ENCRYPTION_ALGORITHM, "encryption-algorithm-enum", "10.4");

static const str WORDS_EXTENSION_TYPE_ITEMS[] = {
    LIT_INIT("new-sdo"), LIT_INIT("new-sco"), LIT_INIT("new-sro"), LIT_INIT("property-extension"),
    LIT_INIT("toplevel-property-extension"),
};
CLOSED(WORDS_EXTENSION_TYPE, "extension-type-enum", "10.5");

static const str WORDS_GROUPING_CONTEXT_ITEMS[] = {
    LIT_INIT("suspicious-activity"), LIT_INIT("malware-analysis"), LIT_INIT("unspecified"),
};
OPEN(WORDS_GROUPING_CONTEXT, "grouping-context-ov", "10.6");

static const str WORDS_HASH_ALGORITHM_ITEMS[] = {
    LIT_INIT("MD5"), LIT_INIT("SHA-1"), LIT_INIT("SHA-256"), LIT_INIT("SHA-512"),
    LIT_INIT("SHA3-256"), LIT_INIT("SHA3-512"), LIT_INIT("SSDEEP"), LIT_INIT("TLSH"),
};
OPEN(WORDS_HASH_ALGORITHM, "hash-algorithm-ov", "10.7");

static const str WORDS_IDENTITY_CLASS_ITEMS[] = {
    LIT_INIT("individual"), LIT_INIT("group"), LIT_INIT("system"), LIT_INIT("organization"),
    LIT_INIT("class"), LIT_INIT("unknown"),
};
OPEN(WORDS_IDENTITY_CLASS, "identity-class-ov", "10.8");

static const str WORDS_IMPLEMENTATION_LANGUAGE_ITEMS[] = {
    LIT_INIT("applescript"), LIT_INIT("bash"), LIT_INIT("c"), LIT_INIT("c++"), LIT_INIT("c#"),
    LIT_INIT("go"), LIT_INIT("java"), LIT_INIT("javascript"), LIT_INIT("lua"),
    LIT_INIT("objective-c"), LIT_INIT("perl"), LIT_INIT("php"), LIT_INIT("powershell"),
    LIT_INIT("python"), LIT_INIT("ruby"), LIT_INIT("rust"), LIT_INIT("scala"), LIT_INIT("swift"),
    LIT_INIT("typescript"), LIT_INIT("visual-basic"), LIT_INIT("x86-32"), LIT_INIT("x86-64"),
};
OPEN(WORDS_IMPLEMENTATION_LANGUAGE, "implementation-language-ov", "10.9");

static const str WORDS_INDICATOR_TYPE_ITEMS[] = {
    LIT_INIT("anomalous-activity"), LIT_INIT("anonymization"), LIT_INIT("benign"),
    LIT_INIT("compromised"), LIT_INIT("malicious-activity"), LIT_INIT("attribution"),
    LIT_INIT("unknown"),
};
OPEN(WORDS_INDICATOR_TYPE, "indicator-type-ov", "10.10");

static const str WORDS_INDUSTRY_SECTOR_ITEMS[] = {
    LIT_INIT("agriculture"), LIT_INIT("aerospace"), LIT_INIT("automotive"), LIT_INIT("chemical"),
    LIT_INIT("commercial"), LIT_INIT("communications"), LIT_INIT("construction"),
    LIT_INIT("defense"), LIT_INIT("education"), LIT_INIT("energy"), LIT_INIT("entertainment"),
    LIT_INIT("financial-services"), LIT_INIT("government"), LIT_INIT("emergency-services"),
    LIT_INIT("government-local"), LIT_INIT("government-national"),
    LIT_INIT("government-public-services"), LIT_INIT("government-regional"),
    LIT_INIT("healthcare"), LIT_INIT("hospitality-leisure"), LIT_INIT("infrastructure"),
    LIT_INIT("dams"), LIT_INIT("nuclear"), LIT_INIT("water"), LIT_INIT("insurance"),
    LIT_INIT("legal"), LIT_INIT("manufacturing"), LIT_INIT("mining"), LIT_INIT("non-profit"),
    LIT_INIT("pharmaceuticals"), LIT_INIT("retail"), LIT_INIT("technology"),
    LIT_INIT("telecommunications"), LIT_INIT("transportation"), LIT_INIT("utilities"),
};
OPEN(WORDS_INDUSTRY_SECTOR, "industry-sector-ov", "10.11");

static const str WORDS_INFRASTRUCTURE_TYPE_ITEMS[] = {
    LIT_INIT("amplification"), LIT_INIT("anonymization"), LIT_INIT("botnet"),
    LIT_INIT("command-and-control"), LIT_INIT("control-system"), LIT_INIT("exfiltration"),
    LIT_INIT("firewall"), LIT_INIT("hosting-malware"), LIT_INIT("hosting-target-lists"),
    LIT_INIT("phishing"), LIT_INIT("reconnaissance"), LIT_INIT("routers-switches"),
    LIT_INIT("staging"), LIT_INIT("workstation"), LIT_INIT("unknown"),
};
OPEN(WORDS_INFRASTRUCTURE_TYPE, "infrastructure-type-ov", "10.12");

static const str WORDS_MALWARE_CAPABILITIES_ITEMS[] = {
    LIT_INIT("accesses-remote-machines"), LIT_INIT("anti-debugging"),
    LIT_INIT("anti-disassembly"), LIT_INIT("anti-emulation"), LIT_INIT("anti-memory-forensics"),
    LIT_INIT("anti-sandbox"), LIT_INIT("anti-vm"), LIT_INIT("captures-input-peripherals"),
    LIT_INIT("captures-output-peripherals"), LIT_INIT("captures-system-state-data"),
    LIT_INIT("cleans-traces-of-infection"), LIT_INIT("commits-fraud"),
    LIT_INIT("communicates-with-c2"), LIT_INIT("compromises-data-availability"),
    LIT_INIT("compromises-data-integrity"), LIT_INIT("compromises-system-availability"),
    LIT_INIT("controls-local-machine"), LIT_INIT("degrades-security-software"),
    LIT_INIT("degrades-system-updates"), LIT_INIT("determines-c2-server"),
    LIT_INIT("emails-spam"), LIT_INIT("escalates-privileges"), LIT_INIT("evades-av"),
    LIT_INIT("exfiltrates-data"), LIT_INIT("fingerprints-host"), LIT_INIT("hides-artifacts"),
    LIT_INIT("hides-executing-code"), LIT_INIT("infects-files"),
    LIT_INIT("infects-remote-machines"), LIT_INIT("installs-other-components"),
    LIT_INIT("persists-after-system-reboot"), LIT_INIT("prevents-artifact-access"),
    LIT_INIT("prevents-artifact-deletion"), LIT_INIT("probes-network-environment"),
    LIT_INIT("self-modifies"), LIT_INIT("steals-authentication-credentials"),
    LIT_INIT("violates-system-operational-integrity"),
};
OPEN(WORDS_MALWARE_CAPABILITIES, "malware-capabilities-ov", "10.13");

static const str WORDS_MALWARE_RESULT_ITEMS[] = {
    LIT_INIT("malicious"), LIT_INIT("suspicious"), LIT_INIT("benign"), LIT_INIT("unknown"),
};
OPEN(WORDS_MALWARE_RESULT, "malware-result-ov", "10.14");

static const str WORDS_MALWARE_TYPE_ITEMS[] = {
    LIT_INIT("adware"), LIT_INIT("backdoor"), LIT_INIT("bot"), LIT_INIT("bootkit"),
    LIT_INIT("ddos"), LIT_INIT("downloader"), LIT_INIT("dropper"), LIT_INIT("exploit-kit"),
    LIT_INIT("keylogger"), LIT_INIT("ransomware"), LIT_INIT("remote-access-trojan"),
    LIT_INIT("resource-exploitation"), LIT_INIT("rogue-security-software"), LIT_INIT("rootkit"),
    LIT_INIT("screen-capture"), LIT_INIT("spyware"), LIT_INIT("trojan"), LIT_INIT("unknown"),
    LIT_INIT("virus"), LIT_INIT("webshell"), LIT_INIT("wiper"), LIT_INIT("worm"),
};
OPEN(WORDS_MALWARE_TYPE, "malware-type-ov", "10.15");

static const str WORDS_NETWORK_SOCKET_ADDRESS_FAMILY_ITEMS[] = {
    LIT_INIT("AF_UNSPEC"), LIT_INIT("AF_INET"), LIT_INIT("AF_IPX"), LIT_INIT("AF_APPLETALK"),
    LIT_INIT("AF_NETBIOS"), LIT_INIT("AF_INET6"), LIT_INIT("AF_IRDA"), LIT_INIT("AF_BTH"),
};
CLOSED(WORDS_NETWORK_SOCKET_ADDRESS_FAMILY, "network-socket-address-family-enum", "10.16");

static const str WORDS_NETWORK_SOCKET_TYPE_ITEMS[] = {
    LIT_INIT("SOCK_STREAM"), LIT_INIT("SOCK_DGRAM"), LIT_INIT("SOCK_RAW"), LIT_INIT("SOCK_RDM"),
    LIT_INIT("SOCK_SEQPACKET"),
};
CLOSED(WORDS_NETWORK_SOCKET_TYPE, "network-socket-type-enum", "10.17");

static const str WORDS_OPINION_ITEMS[] = {
    LIT_INIT("strongly-disagree"), LIT_INIT("disagree"), LIT_INIT("neutral"), LIT_INIT("agree"),
    LIT_INIT("strongly-agree"),
};
CLOSED(WORDS_OPINION, "opinion-enum", "10.18");

static const str WORDS_PATTERN_TYPE_ITEMS[] = {
    LIT_INIT("stix"), LIT_INIT("pcre"), LIT_INIT("sigma"), LIT_INIT("snort"),
    LIT_INIT("suricata"), LIT_INIT("yara"),
};
OPEN(WORDS_PATTERN_TYPE, "pattern-type-ov", "10.19");

static const str WORDS_PROCESSOR_ARCHITECTURE_ITEMS[] = {
    LIT_INIT("alpha"), LIT_INIT("arm"), LIT_INIT("ia-64"), LIT_INIT("mips"), LIT_INIT("powerpc"),
    LIT_INIT("sparc"), LIT_INIT("x86"), LIT_INIT("x86-64"),
};
OPEN(WORDS_PROCESSOR_ARCHITECTURE, "processor-architecture-ov", "10.20");

static const str WORDS_REGION_ITEMS[] = {
    LIT_INIT("africa"), LIT_INIT("eastern-africa"), LIT_INIT("middle-africa"),
    LIT_INIT("northern-africa"), LIT_INIT("southern-africa"), LIT_INIT("western-africa"),
    LIT_INIT("americas"), LIT_INIT("caribbean"), LIT_INIT("central-america"),
    LIT_INIT("latin-america-caribbean"), LIT_INIT("northern-america"), LIT_INIT("south-america"),
    LIT_INIT("asia"), LIT_INIT("central-asia"), LIT_INIT("eastern-asia"),
    LIT_INIT("southern-asia"), LIT_INIT("south-eastern-asia"), LIT_INIT("western-asia"),
    LIT_INIT("europe"), LIT_INIT("eastern-europe"), LIT_INIT("northern-europe"),
    LIT_INIT("southern-europe"), LIT_INIT("western-europe"), LIT_INIT("oceania"),
    LIT_INIT("antarctica"), LIT_INIT("australia-new-zealand"), LIT_INIT("melanesia"),
    LIT_INIT("micronesia"), LIT_INIT("polynesia"),
};
OPEN(WORDS_REGION, "region-ov", "10.21");

static const str WORDS_REPORT_TYPE_ITEMS[] = {
    LIT_INIT("attack-pattern"), LIT_INIT("campaign"), LIT_INIT("identity"), LIT_INIT("incident"),
    LIT_INIT("indicator"), LIT_INIT("intrusion-set"), LIT_INIT("malware"),
    LIT_INIT("observed-data"), LIT_INIT("threat-actor"), LIT_INIT("threat-report"),
    LIT_INIT("tool"), LIT_INIT("vulnerability"),
};
OPEN(WORDS_REPORT_TYPE, "report-type-ov", "10.22");

static const str WORDS_THREAT_ACTOR_TYPE_ITEMS[] = {
    LIT_INIT("activist"), LIT_INIT("competitor"), LIT_INIT("crime-syndicate"),
    LIT_INIT("criminal"), LIT_INIT("hacker"), LIT_INIT("insider-accidental"),
    LIT_INIT("insider-disgruntled"), LIT_INIT("nation-state"), LIT_INIT("private-sector"),
    LIT_INIT("sensationalist"), LIT_INIT("spy"), LIT_INIT("terrorist"), LIT_INIT("unknown"),
};
OPEN(WORDS_THREAT_ACTOR_TYPE, "threat-actor-type-ov", "10.23");

static const str WORDS_THREAT_ACTOR_ROLE_ITEMS[] = {
    LIT_INIT("agent"), LIT_INIT("director"), LIT_INIT("independent"),
    LIT_INIT("infrastructure-architect"), LIT_INIT("infrastructure-operator"),
    LIT_INIT("malware-author"), LIT_INIT("sponsor"),
};
OPEN(WORDS_THREAT_ACTOR_ROLE, "threat-actor-role-ov", "10.24");

static const str WORDS_THREAT_ACTOR_SOPHISTICATION_ITEMS[] = {
    LIT_INIT("none"), LIT_INIT("minimal"), LIT_INIT("intermediate"), LIT_INIT("advanced"),
    LIT_INIT("expert"), LIT_INIT("innovator"), LIT_INIT("strategic"),
};
OPEN(WORDS_THREAT_ACTOR_SOPHISTICATION, "threat-actor-sophistication-ov", "10.25");

static const str WORDS_TOOL_TYPE_ITEMS[] = {
    LIT_INIT("denial-of-service"), LIT_INIT("exploitation"), LIT_INIT("information-gathering"),
    LIT_INIT("network-capture"), LIT_INIT("credential-exploitation"), LIT_INIT("remote-access"),
    LIT_INIT("vulnerability-scanning"), LIT_INIT("unknown"),
};
OPEN(WORDS_TOOL_TYPE, "tool-type-ov", "10.26");

static const str WORDS_WINDOWS_INTEGRITY_LEVEL_ITEMS[] = {
    LIT_INIT("low"), LIT_INIT("medium"), LIT_INIT("high"), LIT_INIT("system"),
};
CLOSED(WORDS_WINDOWS_INTEGRITY_LEVEL, "windows-integrity-level-enum", "10.27");

static const str WORDS_WINDOWS_PEBINARY_TYPE_ITEMS[] = {
    LIT_INIT("dll"), LIT_INIT("exe"), LIT_INIT("sys"),
};
OPEN(WORDS_WINDOWS_PEBINARY_TYPE, "windows-pebinary-type-ov", "10.28");

static const str WORDS_WINDOWS_REGISTRY_DATATYPE_ITEMS[] = {
    LIT_INIT("REG_NONE"), LIT_INIT("REG_SZ"), LIT_INIT("REG_EXPAND_SZ"), LIT_INIT("REG_BINARY"),
    LIT_INIT("REG_DWORD"), LIT_INIT("REG_DWORD_BIG_ENDIAN"), LIT_INIT("REG_DWORD_LITTLE_ENDIAN"),
    LIT_INIT("REG_LINK"), LIT_INIT("REG_MULTI_SZ"), LIT_INIT("REG_RESOURCE_LIST"),
    LIT_INIT("REG_FULL_RESOURCE_DESCRIPTION"), LIT_INIT("REG_RESOURCE_REQUIREMENTS_LIST"),
    LIT_INIT("REG_QWORD"), LIT_INIT("REG_INVALID_TYPE"),
};
CLOSED(WORDS_WINDOWS_REGISTRY_DATATYPE, "windows-registry-datatype-enum", "10.29");

static const str WORDS_WINDOWS_SERVICE_START_TYPE_ITEMS[] = {
    LIT_INIT("SERVICE_AUTO_START"), LIT_INIT("SERVICE_BOOT_START"),
    LIT_INIT("SERVICE_DEMAND_START"), LIT_INIT("SERVICE_DISABLED"),
    LIT_INIT("SERVICE_SYSTEM_ALERT"),
};
CLOSED(WORDS_WINDOWS_SERVICE_START_TYPE, "windows-service-start-type-enum", "10.30");

static const str WORDS_WINDOWS_SERVICE_TYPE_ITEMS[] = {
    LIT_INIT("SERVICE_KERNEL_DRIVER"), LIT_INIT("SERVICE_FILE_SYSTEM_DRIVER"),
    LIT_INIT("SERVICE_WIN32_OWN_PROCESS"), LIT_INIT("SERVICE_WIN32_SHARE_PROCESS"),
};
CLOSED(WORDS_WINDOWS_SERVICE_TYPE, "windows-service-type-enum", "10.31");

static const str WORDS_WINDOWS_SERVICE_STATUS_ITEMS[] = {
    LIT_INIT("SERVICE_CONTINUE_PENDING"), LIT_INIT("SERVICE_PAUSE_PENDING"),
    LIT_INIT("SERVICE_PAUSED"), LIT_INIT("SERVICE_RUNNING"), LIT_INIT("SERVICE_START_PENDING"),
    LIT_INIT("SERVICE_STOP_PENDING"), LIT_INIT("SERVICE_STOPPED"),
};
CLOSED(WORDS_WINDOWS_SERVICE_STATUS, "windows-service-status-enum", "10.32");

static const str WORDS_20_THREAT_ACTOR_LABEL_ITEMS[] = {
    LIT_INIT("activist"), LIT_INIT("competitor"), LIT_INIT("crime-syndicate"),
    LIT_INIT("criminal"), LIT_INIT("hacker"), LIT_INIT("insider-accidental"),
    LIT_INIT("insider-disgruntled"), LIT_INIT("nation-state"), LIT_INIT("sensationalist"),
    LIT_INIT("spy"), LIT_INIT("terrorist"),
};
OPEN(WORDS_20_THREAT_ACTOR_LABEL, "threat-actor-label-ov", "2.0 part 1, 6.8");

static const str WORDS_20_INDICATOR_LABEL_ITEMS[] = {
    LIT_INIT("anomalous-activity"), LIT_INIT("anonymization"), LIT_INIT("benign"),
    LIT_INIT("compromised"), LIT_INIT("malicious-activity"), LIT_INIT("attribution"),
};
OPEN(WORDS_20_INDICATOR_LABEL, "indicator-label-ov", "2.0 part 1, 6.5");

static const str WORDS_20_MALWARE_LABEL_ITEMS[] = {
    LIT_INIT("adware"), LIT_INIT("backdoor"), LIT_INIT("bot"), LIT_INIT("ddos"),
    LIT_INIT("dropper"), LIT_INIT("exploit-kit"), LIT_INIT("keylogger"), LIT_INIT("ransomware"),
    LIT_INIT("remote-access-trojan"), LIT_INIT("resource-exploitation"),
    LIT_INIT("rogue-security-software"), LIT_INIT("rootkit"), LIT_INIT("screen-capture"),
    LIT_INIT("spyware"), LIT_INIT("trojan"), LIT_INIT("virus"), LIT_INIT("worm"),
};
OPEN(WORDS_20_MALWARE_LABEL, "malware-label-ov", "2.0 part 1, 6.6");

static const str WORDS_20_REPORT_LABEL_ITEMS[] = {
    LIT_INIT("threat-report"), LIT_INIT("attack-pattern"), LIT_INIT("campaign"),
    LIT_INIT("identity"), LIT_INIT("indicator"), LIT_INIT("intrusion-set"), LIT_INIT("malware"),
    LIT_INIT("observed-data"), LIT_INIT("threat-actor"), LIT_INIT("tool"),
    LIT_INIT("vulnerability"),
};
OPEN(WORDS_20_REPORT_LABEL, "report-label-ov", "2.0 part 1, 6.7");

static const str WORDS_20_TOOL_LABEL_ITEMS[] = {
    LIT_INIT("denial-of-service"), LIT_INIT("exploitation"), LIT_INIT("information-gathering"),
    LIT_INIT("network-capture"), LIT_INIT("credential-exploitation"), LIT_INIT("remote-access"),
    LIT_INIT("vulnerability-scanning"),
};
OPEN(WORDS_20_TOOL_LABEL, "tool-label-ov", "2.0 part 1, 6.11");

static const str WORDS_MARKING_TYPE_ITEMS[] = {
    LIT_INIT("statement"), LIT_INIT("tlp"),
};
OPEN(WORDS_MARKING_TYPE, "definition_type", "7.2.1");

static const str WORDS_COUNTRY_ITEMS[] = {
    LIT_INIT("AD"), LIT_INIT("AE"), LIT_INIT("AF"), LIT_INIT("AG"), LIT_INIT("AI"),
    LIT_INIT("AL"), LIT_INIT("AM"), LIT_INIT("AO"), LIT_INIT("AQ"), LIT_INIT("AR"),
    LIT_INIT("AS"), LIT_INIT("AT"), LIT_INIT("AU"), LIT_INIT("AW"), LIT_INIT("AX"),
    LIT_INIT("AZ"), LIT_INIT("BA"), LIT_INIT("BB"), LIT_INIT("BD"), LIT_INIT("BE"),
    LIT_INIT("BF"), LIT_INIT("BG"), LIT_INIT("BH"), LIT_INIT("BI"), LIT_INIT("BJ"),
    LIT_INIT("BL"), LIT_INIT("BM"), LIT_INIT("BN"), LIT_INIT("BO"), LIT_INIT("BQ"),
    LIT_INIT("BR"), LIT_INIT("BS"), LIT_INIT("BT"), LIT_INIT("BV"), LIT_INIT("BW"),
    LIT_INIT("BY"), LIT_INIT("BZ"), LIT_INIT("CA"), LIT_INIT("CC"), LIT_INIT("CD"),
    LIT_INIT("CF"), LIT_INIT("CG"), LIT_INIT("CH"), LIT_INIT("CI"), LIT_INIT("CK"),
    LIT_INIT("CL"), LIT_INIT("CM"), LIT_INIT("CN"), LIT_INIT("CO"), LIT_INIT("CR"),
    LIT_INIT("CU"), LIT_INIT("CV"), LIT_INIT("CW"), LIT_INIT("CX"), LIT_INIT("CY"),
    LIT_INIT("CZ"), LIT_INIT("DE"), LIT_INIT("DJ"), LIT_INIT("DK"), LIT_INIT("DM"),
    LIT_INIT("DO"), LIT_INIT("DZ"), LIT_INIT("EC"), LIT_INIT("EE"), LIT_INIT("EG"),
    LIT_INIT("EH"), LIT_INIT("ER"), LIT_INIT("ES"), LIT_INIT("ET"), LIT_INIT("FI"),
    LIT_INIT("FJ"), LIT_INIT("FK"), LIT_INIT("FM"), LIT_INIT("FO"), LIT_INIT("FR"),
    LIT_INIT("GA"), LIT_INIT("GB"), LIT_INIT("GD"), LIT_INIT("GE"), LIT_INIT("GF"),
    LIT_INIT("GG"), LIT_INIT("GH"), LIT_INIT("GI"), LIT_INIT("GL"), LIT_INIT("GM"),
    LIT_INIT("GN"), LIT_INIT("GP"), LIT_INIT("GQ"), LIT_INIT("GR"), LIT_INIT("GS"),
    LIT_INIT("GT"), LIT_INIT("GU"), LIT_INIT("GW"), LIT_INIT("GY"), LIT_INIT("HK"),
    LIT_INIT("HM"), LIT_INIT("HN"), LIT_INIT("HR"), LIT_INIT("HT"), LIT_INIT("HU"),
    LIT_INIT("ID"), LIT_INIT("IE"), LIT_INIT("IL"), LIT_INIT("IM"), LIT_INIT("IN"),
    LIT_INIT("IO"), LIT_INIT("IQ"), LIT_INIT("IR"), LIT_INIT("IS"), LIT_INIT("IT"),
    LIT_INIT("JE"), LIT_INIT("JM"), LIT_INIT("JO"), LIT_INIT("JP"), LIT_INIT("KE"),
    LIT_INIT("KG"), LIT_INIT("KH"), LIT_INIT("KI"), LIT_INIT("KM"), LIT_INIT("KN"),
    LIT_INIT("KP"), LIT_INIT("KR"), LIT_INIT("KW"), LIT_INIT("KY"), LIT_INIT("KZ"),
    LIT_INIT("LA"), LIT_INIT("LB"), LIT_INIT("LC"), LIT_INIT("LI"), LIT_INIT("LK"),
    LIT_INIT("LR"), LIT_INIT("LS"), LIT_INIT("LT"), LIT_INIT("LU"), LIT_INIT("LV"),
    LIT_INIT("LY"), LIT_INIT("MA"), LIT_INIT("MC"), LIT_INIT("MD"), LIT_INIT("ME"),
    LIT_INIT("MF"), LIT_INIT("MG"), LIT_INIT("MH"), LIT_INIT("MK"), LIT_INIT("ML"),
    LIT_INIT("MM"), LIT_INIT("MN"), LIT_INIT("MO"), LIT_INIT("MP"), LIT_INIT("MQ"),
    LIT_INIT("MR"), LIT_INIT("MS"), LIT_INIT("MT"), LIT_INIT("MU"), LIT_INIT("MV"),
    LIT_INIT("MW"), LIT_INIT("MX"), LIT_INIT("MY"), LIT_INIT("MZ"), LIT_INIT("NA"),
    LIT_INIT("NC"), LIT_INIT("NE"), LIT_INIT("NF"), LIT_INIT("NG"), LIT_INIT("NI"),
    LIT_INIT("NL"), LIT_INIT("NO"), LIT_INIT("NP"), LIT_INIT("NR"), LIT_INIT("NU"),
    LIT_INIT("NZ"), LIT_INIT("OM"), LIT_INIT("PA"), LIT_INIT("PE"), LIT_INIT("PF"),
    LIT_INIT("PG"), LIT_INIT("PH"), LIT_INIT("PK"), LIT_INIT("PL"), LIT_INIT("PM"),
    LIT_INIT("PN"), LIT_INIT("PR"), LIT_INIT("PS"), LIT_INIT("PT"), LIT_INIT("PW"),
    LIT_INIT("PY"), LIT_INIT("QA"), LIT_INIT("RE"), LIT_INIT("RO"), LIT_INIT("RS"),
    LIT_INIT("RU"), LIT_INIT("RW"), LIT_INIT("SA"), LIT_INIT("SB"), LIT_INIT("SC"),
    LIT_INIT("SD"), LIT_INIT("SE"), LIT_INIT("SG"), LIT_INIT("SH"), LIT_INIT("SI"),
    LIT_INIT("SJ"), LIT_INIT("SK"), LIT_INIT("SL"), LIT_INIT("SM"), LIT_INIT("SN"),
    LIT_INIT("SO"), LIT_INIT("SR"), LIT_INIT("SS"), LIT_INIT("ST"), LIT_INIT("SV"),
    LIT_INIT("SX"), LIT_INIT("SY"), LIT_INIT("SZ"), LIT_INIT("TC"), LIT_INIT("TD"),
    LIT_INIT("TF"), LIT_INIT("TG"), LIT_INIT("TH"), LIT_INIT("TJ"), LIT_INIT("TK"),
    LIT_INIT("TL"), LIT_INIT("TM"), LIT_INIT("TN"), LIT_INIT("TO"), LIT_INIT("TR"),
    LIT_INIT("TT"), LIT_INIT("TV"), LIT_INIT("TW"), LIT_INIT("TZ"), LIT_INIT("UA"),
    LIT_INIT("UG"), LIT_INIT("UM"), LIT_INIT("US"), LIT_INIT("UY"), LIT_INIT("UZ"),
    LIT_INIT("VA"), LIT_INIT("VC"), LIT_INIT("VE"), LIT_INIT("VG"), LIT_INIT("VI"),
    LIT_INIT("VN"), LIT_INIT("VU"), LIT_INIT("WF"), LIT_INIT("WS"), LIT_INIT("YE"),
    LIT_INIT("YT"), LIT_INIT("ZA"), LIT_INIT("ZM"), LIT_INIT("ZW"),
};
OPEN(WORDS_COUNTRY, "ISO 3166-1 alpha-2", "4.10");

/* clang-format on */
