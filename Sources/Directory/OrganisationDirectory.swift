package import Diagnostics
import Filesystem
package import NameIndex
import Nomenclature

/// The organisations of a release, to be found by name, number, place, family, sector and size.
///
/// One file, mapped: opening it reads the classifications and little more; a search touches the pages that it needs.
/// It may be shared by any number of readers.
package struct OrganisationDirectory: Sendable {
  /// The name of the file in the folder of a release.
  package static let fileName = "directory.index"

  package let names: NameIndex
  package let territories: DirectoryTerritories
  package let families: Terms
  package let divisions: Terms
  package let sectors: Terms
  package let bands: Terms
  package let classes: Terms
  package let perimeters: Terms
  package let lists: Terms
  /// Some source was simulated: whatever is made of it says so.
  package let isSimulated: Bool
  let columns: Columns
  private let forms: Terms

  /// One value an organisation.
  struct Columns: Sendable {
    let names: Texts
    let associations: Texts
    let numbers: PackedNumbers<UInt64>
    let flags: PackedNumbers<UInt8>
    let forms: PackedNumbers<UInt16>
    let families: PackedNumbers<UInt8>
    let subfamilies: PackedNumbers<UInt8>
    let perimeters: PackedNumbers<UInt32>
    let lists: PackedNumbers<UInt32>
    let communes: PackedNumbers<UInt16>
    let divisions: PackedNumbers<UInt8>
    let bands: PackedNumbers<UInt8>
    let years: PackedNumbers<UInt16>
    let establishments: PackedNumbers<UInt32>
    let byNumber: PackedNumbers<UInt32>
    let byAssociation: PackedNumbers<UInt32>
    let belgianPlaces: PackedNumbers<UInt64>
    let belgianPlaceOwners: PackedNumbers<UInt32>
    let communeStarts: PackedNumbers<UInt32>
    let communeOrganisations: PackedNumbers<UInt32>
  }

  package init(_ path: String) throws(Problem) {
    let file = try PackedFile(path, DirectoryFormat.format)
    names = try NameIndex(file)
    columns = try Columns(file)
    guard columns.counts.allSatisfy({ [count = names.count] in $0 == count }) else {
      throw Problem("packed.damaged", at: Place(file: path))
    }
    territories = try DirectoryTerritories(file, names.forms)
    families = try Terms(file.texts(.familyTerms))
    divisions = try Terms(file.texts(.divisionTerms))
    sectors = try Terms(file.texts(.sectorTerms))
    bands = try Terms(file.texts(.bandTerms))
    classes = try Terms(file.texts(.classTerms))
    forms = try Terms(file.texts(.formTerms))
    perimeters = try Terms(file.texts(.perimeterTerms))
    lists = try Terms(file.texts(.listTerms))
    isSimulated = try file.texts(.about)[0] == "1"
  }

  /// How many organisations there are.
  package var count: Int { columns.numbers.count }

  /// The perimeter under which families are told.
  package var perimeter: Term? { perimeters.all.first { $0.more == "1" } }

  /// The organisation at a position of a list.
  package func organisation(_ position: Int) throws(Problem) -> Organisation {
    let flags = try columns.flags.at(position)
    typealias Flag = DirectoryFormat.Flag
    let form = forms[Int(try columns.forms.at(position))]
    let commune = try columns.communes.at(position)
    let band = bands[Int(try columns.bands.at(position))]
    let size = band.map { $0.more.isEmpty ? "SX" : $0.more } ?? "SX"
    let year = Int(try columns.years.at(position))
    let (inForce, listed) = (try columns.perimeters.at(position), try columns.lists.at(position))
    return Organisation(
      position: position, country: flags & Flag.isBelgian != 0 ? .be : .fr, number: try columns.numbers.at(position),
      name: try columns.names[position], association: try columns.associations[position],
      form: form.flatMap { $0.code.isEmpty ? nil : Term(code: $0.more, label: $0.label, more: "") },
      family: family(Int(try columns.families.at(position))),
      subfamily: family(Int(try columns.subfamilies.at(position))),
      perimeters: perimeters.all.indices.filter { inForce >> UInt32($0) & 1 == 1 }.map { perimeters.all[$0] },
      lists: lists.all.indices.filter { listed >> UInt32($0) & 1 == 1 }.map { lists.all[$0] },
      division: divisions[Int(try columns.divisions.at(position))],
      band: band.flatMap { $0.code.isEmpty ? nil : $0 }, size: classes.all.first { $0.code == size },
      isActive: flags & Flag.isActive != 0, isEmployer: flags & Flag.isEmployer != 0,
      isRestricted: flags & Flag.isRestricted != 0, commune: commune == DirectoryFormat.noCommune ? nil : Int(commune),
      year: year == 0 ? nil : year, establishments: Int(try columns.establishments.at(position)))
  }

  private func family(_ position: Int) -> Term? { families[position].flatMap { $0.code.isEmpty ? nil : $0 } }
}

extension OrganisationDirectory.Columns {
  init(_ file: PackedFile) throws(Problem) {
    names = try file.texts(.names)
    associations = try file.texts(.associations)
    numbers = try file.numbers(.numbers, UInt64.self)
    flags = try file.numbers(.flags, UInt8.self)
    forms = try file.numbers(.forms, UInt16.self)
    families = try file.numbers(.families, UInt8.self)
    subfamilies = try file.numbers(.subfamilies, UInt8.self)
    perimeters = try file.numbers(.perimeters, UInt32.self)
    lists = try file.numbers(.lists, UInt32.self)
    communes = try file.numbers(.communes, UInt16.self)
    divisions = try file.numbers(.divisions, UInt8.self)
    bands = try file.numbers(.bands, UInt8.self)
    years = try file.numbers(.years, UInt16.self)
    establishments = try file.numbers(.establishments, UInt32.self)
    byNumber = try file.numbers(.byNumber, UInt32.self)
    byAssociation = try file.numbers(.byAssociation, UInt32.self)
    belgianPlaces = try file.numbers(.belgianPlaces, UInt64.self)
    belgianPlaceOwners = try file.numbers(.belgianPlaceOwners, UInt32.self)
    communeStarts = try file.numbers(.communeStarts, UInt32.self)
    communeOrganisations = try file.numbers(.communeOrganisations, UInt32.self)
  }

  /// The lengths that must all be one.
  var counts: [Int] {
    [
      names.count, associations.count, numbers.count, flags.count, forms.count, families.count, subfamilies.count,
      perimeters.count, lists.count, communes.count, divisions.count, bands.count, years.count, establishments.count,
      byNumber.count,
    ]
  }
}
