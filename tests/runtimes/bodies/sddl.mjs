/** Text: parsed, printed, parsed again. */

export function sddl({ sallyport, test, equal }) {
  const { SecurityDescriptor, Sid, nameOfSid } = sallyport;

  test("a descriptor prints as it was read", () => {
    for (const text of [
      "O:BAG:SYD:PAI(A;OICI;FA;;;SY)(D;;FW;;;BG)S:(ML;;NW;;;ME)",
      "O:S-1-5-21-1-2-3-4G:DUD:NO_ACCESS_CONTROL",
      'D:(XA;;FX;;;WD;(@User.Title == "Größe" && Member_of {SID(BA)}))',
      "D:(OA;;CR;00299570-246d-11d0-a768-00aa006e0529;;PS)",
    ]) {
      const context = { domain: Sid.parse("S-1-5-21-1-2-3") };
      const once = SecurityDescriptor.parse(text, { context }).toString(context);
      equal(SecurityDescriptor.parse(once, { context }).toString(context), once);
    }
    equal(SecurityDescriptor.parse("O:BAG:SYD:P(A;OICI;FA;;;SY)").toString(), "O:BAG:SYD:P(A;OICI;FA;;;SY)");
  });

  test("SIDs have their names", () => {
    equal(nameOfSid(Sid.parse("S-1-5-32-544")), "BUILTIN\\Administrators");
    equal(Sid.parse("s-1-0x5-18").toString(), "S-1-5-18");
  });
}
