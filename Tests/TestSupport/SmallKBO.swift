/// A KBO of a few entities, as published: what a test expects of it can be counted on fingers.
package struct SmallKBO {
  package struct Enterprise {
    package var number: String
    package var form: String
    package var isPerson: Bool
    package var name: String

    package init(_ number: String, form: String = "017", isPerson: Bool = false, name: String = "ASBL") {
      self.number = number
      self.form = isPerson ? "" : form
      self.isPerson = isPerson
      self.name = name
    }
  }

  package var enterprises: [Enterprise] = []
  /// Number of the establishment, number of its enterprise.
  package var establishments: [(String, String)] = []
  /// Entity, group, version, code.
  package var activities: [(String, String, String, String)] = []

  package init() {}

  /// `0400.000.086`: eight digits and 97 less their remainder. The first digit tells enterprises (0) from places (2).
  package static func number(_ base: Int) -> String {
    let digits = padded(base, 8) + padded(97 - base % 97, 2)
    return "\(digits.prefix(4)).\(digits.dropFirst(4).prefix(3)).\(digits.suffix(3))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
  }

  /// The tables by name; every entity has its address in Namur.
  package var tables: [(name: String, text: String)] {
    func table(_ header: String, _ rows: [[String]]) -> String {
      let lines = rows.map { $0.map { $0.isEmpty ? "" : "\"\($0)\"" }.joined(separator: ",") + "\n" }
      return header + "\n" + lines.joined()
    }
    return [
      ("meta.csv", table("Variable,Value", [["SnapshotDate", "31-12-2023"]])),
      (
        "enterprise.csv",
        table(
          "EnterpriseNumber,Status,JuridicalSituation,TypeOfEnterprise,JuridicalForm,JuridicalFormCAC,StartDate",
          enterprises.map { [$0.number, "AC", "000", $0.isPerson ? "1" : "2", $0.form, "", "01-01-2000"] })
      ),
      (
        "establishment.csv",
        table("EstablishmentNumber,StartDate,EnterpriseNumber", establishments.map { [$0.0, "01-01-2001", $0.1] })
      ),
      (
        "activity.csv",
        table(
          "EntityNumber,ActivityGroup,NaceVersion,NaceCode,Classification",
          activities.map { [$0.0, $0.1, $0.2, $0.3, "MAIN"] })
      ),
      (
        "address.csv",
        table(
          "EntityNumber,TypeOfAddress,CountryNL,CountryFR,Zipcode,MunicipalityNL,MunicipalityFR,StreetNL,StreetFR,HouseNumber,Box,ExtraAddressInfo,DateStrikingOff",
          enterprises.map { [$0.number, "REGO", "", "", "5000", "Namen", "Namur", "", "", "1", "", "", ""] })
      ),
      (
        "denomination.csv",
        table(
          "EntityNumber,Language,TypeOfDenomination,Denomination", enterprises.map { [$0.number, "1", "001", $0.name] })
      ),
    ]
  }
}
