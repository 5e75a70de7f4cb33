import Filesystem
import NameIndex
import Nomenclature
import Perimeter
import Wording

/// The classifications as a directory carries them, and the small number that stands for each code in a column.
struct DirectoryTerms {
  private var forms = TermsBuilder()
  private var families = TermsBuilder()
  private var divisions = TermsBuilder()
  private var sectors = TermsBuilder()
  private var bands = TermsBuilder()
  private var classes = TermsBuilder()
  private var perimeters = TermsBuilder()
  private var lists = TermsBuilder()
  private var about = TextsBuilder()

  private static let nothing = Label(fr: "", nl: "", en: "")

  /// `own`: lists that somebody imported under a name of their own.
  init(_ book: NomenclatureBook, _ all: [Perimeter], inForce: String, lists own: [String], isSimulated: Bool) {
    // Position 0 is "none" wherever there may be none.
    for terms in [\DirectoryTerms.forms, \.families, \.bands] { self[keyPath: terms].add("", Self.nothing) }
    for country in Country.allCases {
      for form in book.forms(of: country).items {
        forms.add(Self.key(form.code, country), more: form.code, form.label)
      }
    }
    for family in book.families.items { families.add(family.code, more: family.parent ?? "", family.label) }
    for division in book.sectors.divisions { divisions.add(division.code, division.label) }
    divisions.add(Sectors.unclassified, Self.nothing)
    for scheme in ["a21", "ess-domain"] {
      let labels = book.sectors.groupLabels[scheme] ?? [:]
      for (code, label) in labels.sorted(by: { $0.key < $1.key }) {
        let members = book.sectors.divisions.filter { $0.groups[scheme] == code }.map(\.code)
        sectors.add(code, more: members.joined(separator: " "), label)
      }
    }
    for band in book.sizes.french.values.sorted(by: { $0.code < $1.code }) {
      bands.add(band.code, more: band.common, band.label)
    }
    for band in book.sizes.common { classes.add(band.code, more: Self.bounds(band), band.label) }
    for perimeter in all { perimeters.add(perimeter.id, more: perimeter.id == inForce ? "1" : "", perimeter.title) }
    for list in book.lists.lists { lists.add(list.name, list.label) }
    for name in own where book.lists[name] == nil { lists.add(name, Label(fr: name, nl: name, en: name)) }
    about.add(isSimulated ? "1" : "")
  }

  private static func key(_ form: String, _ country: Country) -> String { "\(country.rawValue) \(form)" }

  /// `10-19`, `1000+`: how people write a class of sizes.
  private static func bounds(_ band: SizeBand) -> String {
    guard let low = band.low else { return "" }
    return band.high.map { $0 == low ? "\(low)" : "\(low)-\($0)" } ?? "\(low)+"
  }

  func form(_ code: String, _ country: Country) -> UInt16 {
    UInt16(forms.position(Self.key(code, country)) ?? 0)
  }

  func family(_ code: String) -> UInt8 { UInt8(families.position(code) ?? 0) }
  func division(_ code: String) -> UInt8 { UInt8(divisions.position(code) ?? 0) }
  func band(_ code: String) -> UInt8 { UInt8(bands.position(code) ?? 0) }

  func lists(_ names: [String]) -> UInt32 {
    names.compactMap(lists.position).reduce(0) { $0 | 1 << UInt32($1) }
  }

  func write(to file: inout PackedFileWriter) {
    typealias Part = DirectoryFormat.Part
    file.add(Part.formTerms.rawValue, forms.texts)
    file.add(Part.familyTerms.rawValue, families.texts)
    file.add(Part.divisionTerms.rawValue, divisions.texts)
    file.add(Part.sectorTerms.rawValue, sectors.texts)
    file.add(Part.bandTerms.rawValue, bands.texts)
    file.add(Part.classTerms.rawValue, classes.texts)
    file.add(Part.perimeterTerms.rawValue, perimeters.texts)
    file.add(Part.listTerms.rawValue, lists.texts)
    file.add(Part.about.rawValue, about)
  }
}
