internal import Diagnostics
import Filesystem
package import NameIndex
package import Nomenclature
package import Perimeter
package import Territory
import Wording

/// Writes the directory of a release: the organisations in the order in which lists show them, then where each has
/// establishments.
package struct DirectoryWriter {
  private typealias Part = DirectoryFormat.Part

  private let territories: TerritoryBook
  private let activities: ActivityMapping
  private let terms: DirectoryTerms
  private let forms: WordForms
  private var index: NameIndexBuilder
  private var names = TextsBuilder()
  private var associations = TextsBuilder()
  private var numbers: [UInt64] = []
  private var flags: [UInt8] = []
  private var formColumn: [UInt16] = []
  private var families: [UInt8] = []
  private var subfamilies: [UInt8] = []
  private var perimeters: [UInt32] = []
  private var lists: [UInt32] = []
  private var communes: [UInt16] = []
  private var divisions: [UInt8] = []
  private var bands: [UInt8] = []
  private var years: [UInt16] = []
  private var establishments: [UInt32] = []
  private var communeStarts: [UInt32]
  private var communeOrganisations: [UInt32] = []
  private var belgianPlaces: [UInt64] = []
  private var belgianPlaceOwners: [UInt32] = []
  private var known: [Activity: UInt8] = [:]

  /// The lists that a column has a bit for.
  package static let mostLists = UInt32.bitWidth

  /// `inForce`: the perimeter under which families are told; `lists`: those of which members may come.
  package init(
    _ book: NomenclatureBook, _ territories: TerritoryBook, _ perimeters: [Perimeter], inForce: String,
    lists own: [String] = [], _ forms: WordForms, isSimulated: Bool
  ) {
    self.territories = territories
    self.forms = forms
    activities = book.activities
    terms = DirectoryTerms(book, perimeters, inForce: inForce, lists: own, isSimulated: isSimulated)
    index = NameIndexBuilder(forms)
    communeStarts = []
    precondition(territories.communes.count < Int(DirectoryFormat.noCommune), "communes have 16 bits")
  }

  package var count: Int { numbers.count }

  package mutating func add(_ entry: DirectoryEntry) {
    // What may not be told is not written: neither its name nor the place that would point to it.
    let name = entry.isRestricted ? "" : entry.name
    index.add(name)
    names.add(name)
    associations.add(entry.isRestricted ? "" : entry.association)
    numbers.append(entry.number)
    typealias Flag = DirectoryFormat.Flag
    flags.append(
      (entry.country == .be ? Flag.isBelgian : 0) | (entry.isActive ? Flag.isActive : 0)
        | (entry.isEmployer ? Flag.isEmployer : 0) | (entry.isRestricted ? Flag.isRestricted : 0))
    formColumn.append(terms.form(entry.form, entry.country))
    families.append(terms.family(entry.family))
    subfamilies.append(terms.family(entry.subfamily))
    perimeters.append(entry.perimeters)
    lists.append(terms.lists(entry.lists))
    communes.append(
      entry.isRestricted ? DirectoryFormat.noCommune : entry.commune.map { UInt16($0) } ?? DirectoryFormat.noCommune)
    divisions.append(division(of: entry.activity))
    bands.append(terms.band(entry.band))
    years.append(entry.year.map { UInt16(clamping: $0) } ?? 0)
    establishments.append(UInt32(entry.establishments))
  }

  /// An organisation has an establishment there; by commune, then by organisation. One whose diffusion is restricted
  /// is nowhere: whoever asks for a place would learn it from the answer.
  package mutating func add(organisation: Int, in commune: Int) {
    guard flags[organisation] & DirectoryFormat.Flag.isRestricted == 0 else { return }
    while communeStarts.count <= commune { communeStarts.append(UInt32(communeOrganisations.count)) }
    communeOrganisations.append(UInt32(organisation))
  }

  /// The number of a Belgian establishment, in the order of numbers, and whose it is.
  package mutating func add(belgianPlace number: UInt64, of organisation: Int) {
    belgianPlaces.append(number)
    belgianPlaceOwners.append(UInt32(organisation))
  }

  private mutating func division(of activity: Activity?) -> UInt8 {
    guard let activity else { return terms.division(Sectors.unclassified) }
    if let division = known[activity] { return division }
    let division = terms.division(activities.division(of: activity).code)
    known[activity] = division
    return division
  }

  package consuming func write(to path: String) throws {
    while communeStarts.count <= territories.communes.count { communeStarts.append(UInt32(communeOrganisations.count)) }
    var file = PackedFileWriter(DirectoryFormat.format)
    func add<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(_ part: Part, _ numbers: [Element]) {
      file.add(part.rawValue, numbers)
    }
    index.finish(in: &file)
    file.add(Part.names.rawValue, names)
    file.add(Part.associations.rawValue, associations)
    add(.numbers, numbers)
    add(.flags, flags)
    add(.forms, formColumn)
    add(.families, families)
    add(.subfamilies, subfamilies)
    add(.perimeters, perimeters)
    add(.lists, lists)
    add(.communes, communes)
    add(.divisions, divisions)
    add(.bands, bands)
    add(.years, years)
    add(.establishments, establishments)
    add(.byNumber, Self.byNumber(numbers, flags))
    add(.byAssociation, Self.byAssociation(associations))
    add(.belgianPlaces, belgianPlaces)
    add(.belgianPlaceOwners, belgianPlaceOwners)
    add(.communeStarts, communeStarts)
    add(.communeOrganisations, communeOrganisations)
    terms.write(to: &file)
    TerritoryTables(territories, forms).write(to: &file)
    try file.write(to: path)
  }

  private static func byNumber(_ numbers: [UInt64], _ flags: [UInt8]) -> [UInt32] {
    // A country and a number fit into one word: no number has more than ten digits.
    let keys = numbers.indices.map {
      UInt64(flags[$0] & DirectoryFormat.Flag.isBelgian) << 40 | numbers[$0]
    }
    return keys.indices.sorted { keys[$0] < keys[$1] }.map { UInt32($0) }
  }

  private static func byAssociation(_ texts: TextsBuilder) -> [UInt32] {
    func text(_ position: Int) -> ArraySlice<UInt8> {
      texts.bytes[Int(texts.starts[position])..<Int(texts.starts[position + 1])]
    }
    let positions = (0..<texts.count).filter { !text($0).isEmpty }
    return positions.sorted { a, b in
      let (x, y) = (text(a), text(b))
      return x == y ? a < b : x.lexicographicallyPrecedes(y)
    }.map { UInt32($0) }
  }
}
