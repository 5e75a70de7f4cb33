internal import Diagnostics
internal import Nomenclature
internal import Tabular
internal import Wording

/// Where a typology of communes has its codes and its classes.
///
/// Names are compared folded, without blanks. Those of the density grid are INSEE's, the others are usual ones (M).
struct TypologyColumns {
  private static let french = ["codgeo", "codeinsee", "insee", "inseecom", "codeinseecommune"]
  private static let belgian = ["nis", "ins", "refnis", "codenis", "codeins", "niscode", "inscode", "cdmuntyrefnis"]
  private static let anywhere = [
    "codecommune", "communecode", "laucode", "lauid", "gisco", "giscoid", "lau", "commune", "gemeente", "municipality",
    "code",
  ]
  private static let countries = [
    "pays", "codepays", "land", "country", "countrycode", "cntrcode", "nuts3code", "nuts3",
  ]
  private static let classes = [
    "degurba", "dgurba", "dens", "dens7", "densaav", "typodegredensite", "degrededensite",
    "degreurbanisation", "classe", "codeclasse", "class", "klasse", "type", "typologie", "typology", "categorie",
    "category",
  ]
  private static let labels = ["libelleclasse", "classelibelle", "libelletype", "classlabel", "libelle", "label"]

  let code: Int
  let codeName: String
  /// The country whose codes a column of this name holds, where it tells.
  let codesOf: Country?
  let country: Int?
  /// The column of classes.
  let value: Int
  let name: String
  let label: Int?

  static func areThere(_ names: [String]) -> Bool {
    first(of: french + belgian + anywhere, among: names.map(folded)) != nil
  }

  init(_ reader: TableReader, column: String?) throws(Problem) {
    let names = reader.columns.map(Self.folded)
    var place = reader.place
    place.line = reader.headerLine
    let facts = ["columns": reader.columns.joined(separator: ", ")]
    guard let code = Self.first(of: Self.french + Self.belgian + Self.anywhere, among: names) else {
      throw Problem("typology.no_code_column", at: place, facts)
    }
    let wanted = column.map { [Self.folded($0)] } ?? Self.classes
    guard let value = Self.first(of: wanted, among: names), value != code else {
      guard let column else { throw Problem("typology.no_class_column", at: place, facts) }
      throw Problem(
        "typology.no_such_column", status: .commandLine, at: place, facts.merging(["column": column]) { $1 })
    }
    for position in [code, value] where names.count(where: { $0 == names[position] }) > 1 {
      throw reader.repeated(reader.columns[position])
    }
    (self.code, codeName) = (code, reader.columns[code])
    codesOf = Self.french.contains(names[code]) ? .fr : Self.belgian.contains(names[code]) ? .be : nil
    country = Self.first(of: Self.countries, among: names)
    (self.value, name) = (value, reader.columns[value])
    let own = names[value]
    label = Self.first(
      of: ["lib\(own)", "libelle\(own)", "\(own)libelle", "\(own)label", "label\(own)"] + Self.labels, among: names)
  }

  /// The first of some names that a column has.
  private static func first(of wanted: [String], among names: [String]) -> Int? {
    wanted.lazy.compactMap { names.firstIndex(of: $0) }.first
  }

  private static func folded(_ name: String) -> String { name.folded.filter { $0 != " " } }
}
