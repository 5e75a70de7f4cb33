import Diagnostics
import Tabular

/// Who deposits annual accounts and under which model: `accounts.csv`, `accounts-rates.csv`.
struct AccountRules {
  /// The scheme of accounts of a legal form.
  struct Scheme {
    let isAssociation: Bool
    let hasCapital: Bool
    let employers: Rate
    let others: Rate
  }

  private struct Bounds {
    let fte, revenue, assets: Int

    init(_ name: String, _ rates: Constants) throws(Problem) {
      fte = Int(try rates.value("\(name)_fte") * 10)
      revenue = Int(try rates.value("\(name)_revenue"))
      assets = Int(try rates.value("\(name)_assets"))
    }

    /// How many of the three are passed.
    func passed(_ year: AccountYear) -> Int {
      (year.tenths > fte ? 1 : 0) + (year.revenue > revenue ? 1 : 0) + (year.assets > assets ? 1 : 0)
    }
  }

  /// Of each legal form, by its position in the profile; nothing for those that do not deposit.
  private let schemes: [Scheme?]
  private let court, micro, small: Bounds
  let years, mostJSON: Int
  let charges: Double
  let shifted, corrected, withoutStaff, turnoverTold, json: Rate

  init(_ folder: String, profile: CountryProfile) throws {
    let table = try DeclaredTable(
      "\(folder)/accounts.csv", columns: ["form", "model", "capital", "employers", "others"],
      properties: ["id", "source", "confidence"])
    var known: [String: Scheme] = [:]
    for entry in table.entries {
      known[entry["form"]] = Scheme(
        isAssociation: entry["model"] == "association", hasCapital: try entry.number("capital", in: table) > 0,
        employers: Rate(try entry.number("employers", in: table)), others: Rate(try entry.number("others", in: table)))
    }
    schemes = (0..<profile.formChooser.count).map { known[profile.forms[$0].code.text] }
    let rates = try Constants(folder, "accounts-rates")
    court = try Bounds("court", rates)
    micro = try Bounds("micro", rates)
    small = try Bounds("small", rates)
    years = max(1, Int(try rates.value("years")))
    mostJSON = Int(try rates.value("json_most"))
    charges = try rates.value("charges")
    shifted = try rates.rate("shifted")
    corrected = try rates.rate("corrected")
    withoutStaff = try rates.rate("without_staff")
    turnoverTold = try rates.rate("turnover_told")
    json = try rates.rate("json")
  }

  /// The scheme of an enterprise whose deposits the file gives.
  func scheme(of enterprise: Enterprise) -> Scheme? {
    guard let scheme = schemes[enterprise.form] else { return nil }
    var draws = Draws(key: enterprise.key, 80_000)
    return draws.happens(enterprise.employs ? scheme.employers : scheme.others) ? scheme : nil
  }

  /// The model of the accounts of a year; nothing for the associations that deposit at the court.
  func model(_ year: AccountYear, _ scheme: Scheme) -> AccountModel? {
    if scheme.isAssociation, court.passed(year) < 2 { return nil }
    let size: AccountModel.Size = micro.passed(year) < 2 ? .micro : small.passed(year) < 2 ? .abridged : .full
    return AccountModel(size: size, scheme)
  }
}

/// A model of annual accounts of the National Bank.
struct AccountModel: Equatable {
  enum Size { case full, abridged, micro }

  let size: Size
  let isAssociation: Bool
  let code: String

  init(size: Size, _ scheme: AccountRules.Scheme) {
    self.size = size
    isAssociation = scheme.isAssociation
    let ranks: (String, String, String) =
      scheme.isAssociation
      ? ("m04-f", "m05-f", "m08-f") : scheme.hasCapital ? ("m01-f", "m02-f", "m07-f") : ("m81-f", "m82-f", "m87-f")
    code =
      switch size {
      case .full: ranks.0
      case .abridged: ranks.1
      case .micro: ranks.2
      }
  }
}
