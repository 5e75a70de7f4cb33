import Registers
import TestSupport
import Testing

@Suite("Numbers that people type") struct OrganisationNumberTests {
  @Test(
    arguments: [
      ("005 580 501", .siren(5_580_501)), ("5580501", .siren(5_580_501)),
      ("00558050100012", .siret(558_050_100_012)), ("558050100012", .siret(558_050_100_012)),
      ("0403.170.701", .enterprise(403_170_701)), ("403170701", .enterprise(403_170_701)),
      ("2.000.000.339", .belgianEstablishment(2_000_000_339)),
      // Nine digits that may be either are a SIREN, unless they say otherwise.
      ("400378485", .siren(400_378_485)), ("BE 400.378.485", .enterprise(400_378_485)),
    ] as [(String, OrganisationNumber)])
  func `a number is read with its leading zeros or without`(text: String, number: OrganisationNumber) throws {
    #expect(try OrganisationNumber(text) == number)
  }

  @Test(
    arguments: [
      ("5580502", "identifier"), ("558050100013", "identifier"), ("18", "identifier"), ("", "identifier"),
      ("403170702", "luhn"), ("00558050100013", "luhn"), ("0403170702", "mod97"),
    ])
  func `what is none says why`(text: String, rule: String) {
    expectProblem("explain.bad_\(rule)") { _ = try OrganisationNumber(text) }
  }
}
