/** Conditions: three truth values over claims, groups and resource attributes. */

export function conditions({ sallyport, engine, test, equal, throws }) {
  const { AccessToken, SecurityDescriptor, formatCondition, parseCondition } = sallyport;
  const token = AccessToken.create({
    user: "S-1-5-21-1-2-3-1001",
    groups: ["BU"],
    userClaims: [
      { name: "Department", type: "string", values: ["Sales"] },
      { name: "Clearance", type: "int64", values: [5] },
    ],
  });
  const truth = (text, descriptor) => engine.evaluateCondition({ condition: parseCondition(text), token, descriptor });

  test("claims compare without case, and what is missing is unknown", () => {
    equal(truth('(@User.department == "SALES")'), "TRUE");
    equal(truth("(@User.Clearance < 5)"), "FALSE");
    equal(truth("(@User.Missing == 1)"), "UNKNOWN");
    equal(truth('(@User.Missing == 1 || @User.Department Any_of {"Sales", "Law"})'), "TRUE");
  });

  test("membership and attributes of the resource", () => {
    const descriptor = SecurityDescriptor.parse('O:BAG:BAD:S:(RA;;;;;WD;("Secrecy",TI,0,4))');
    equal(truth("(Member_of {SID(BU)} && @User.Clearance > @Resource.Secrecy)", descriptor), "TRUE");
    equal(truth("(Member_of {SID(BA)})"), "FALSE");
  });

  test("a condition prints as it is read", () => {
    const text = '(@User.Clearance >= 3 && !(@User.Department == "Law"))';
    equal(
      formatCondition(parseCondition(formatCondition(parseCondition(text)))),
      formatCondition(parseCondition(text)),
    );
    equal(throws(() => parseCondition("(@User.a ==)")).code, "ERR_CONDITION");
  });
}
