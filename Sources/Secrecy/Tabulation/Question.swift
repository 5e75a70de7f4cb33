/// What is asked of the facts: which employers, summed up by what.
package struct Question: Sendable {
  /// The position of the perimeter in `Facts.perimeters`.
  package var perimeter: Int
  package var years: [Int]
  package var places: Places
  package var dimensions: [Dimension]
  /// Names of measures: `establishments`, `units`, and those of the facts.
  package var measures: [String]
  /// How the contributions of units are spread, as bands: of the measure named.
  package var concentration: String?

  package init(
    perimeter: Int, years: [Int], places: Places, dimensions: [Dimension], measures: [String],
    concentration: String? = nil
  ) {
    self.perimeter = perimeter
    self.years = years
    self.places = places
    self.dimensions = dimensions
    self.measures = measures
    self.concentration = concentration
  }

  /// Does any class of employers outside of the reach of all perimeters count somewhere?
  func holdsOutsiders(of facts: Facts) -> Bool {
    dimensions.filter { $0.attribute == .rowClass }.allSatisfy { dimension in
      facts.classes.indices.contains { facts.classes[$0].form.isEmpty && !dimension.membership.list($0).isEmpty }
    }
  }
}

/// Which of some members each value of an attribute counts in: none, one, or several where totals are members too.
package struct Membership: Sendable {
  package let count: Int
  let starts: [UInt32]
  let members: [UInt32]

  /// `lists`: for each value of the attribute, the members that it counts in.
  package init(_ lists: [[Int]], count: Int) {
    self.count = count
    var starts: [UInt32] = [0]
    var members: [UInt32] = []
    starts.reserveCapacity(lists.count + 1)
    for list in lists {
      for member in list {
        precondition((0..<count).contains(member), "a member of the dimension")
        members.append(UInt32(member))
      }
      starts.append(UInt32(members.count))
    }
    self.starts = starts
    self.members = members
  }

  init(count: Int, starts: [UInt32], members: [UInt32]) {
    self.count = count
    self.starts = starts
    self.members = members
  }

  func list(_ value: Int) -> ArraySlice<UInt32> {
    guard value < starts.count - 1 else { return [] }
    return members[Int(starts[value])..<Int(starts[value + 1])]
  }

  var valueCount: Int { starts.count - 1 }

  /// Where the list of a value stands in `members`.
  func range(_ value: Int) -> Range<Int> { Int(starts[value])..<Int(starts[value + 1]) }
}

/// One way of telling employers apart.
package struct Dimension: Sendable {
  package enum Attribute: Sendable {
    case rowClass, division, size, trait, commune
    /// Whether the seat of the unit lies in the same place: inside, outside, unknown, all.
    case seat
  }

  package let attribute: Attribute
  package let membership: Membership
  package var count: Int { membership.count }

  package init(_ attribute: Attribute, _ lists: [[Int]], count: Int) {
    self.attribute = attribute
    membership = Membership(lists, count: count)
  }

  package static let seats = Dimension(.seat, [[0, 3], [1, 3], [2, 3]], count: 4)
}

/// The places that communes count in, each whole or in part.
package struct Places: Sendable {
  package enum Completeness: Sendable {
    /// No source speaks of the place in that year.
    case none
    /// Something is known to be missing.
    case partial
    case whole
  }

  /// The weight of a commune that counts in a place with all that it has.
  static let whole: Int64 = 1_000_000

  package let count: Int
  let membership: Membership
  /// In millionths, in the order of the members of `membership`; empty where all communes are whole.
  let weights: [Int64]
  /// By year of the question, then by place.
  let completeness: [[Completeness]]
  /// The countries that each place has a commune of.
  let countries: [Set<String>]

  /// A commune of the facts, by its position there, and how much of it counts in a place.
  package struct Part: Sendable {
    let commune: Int
    let millionths: Int64

    package init(_ commune: Int, _ weight: Double) {
      self.commune = commune
      millionths = Int64((weight * 1_000_000).rounded())
    }
  }

  /// `parts`: of each place; `communes`: how many the facts have.
  package init(
    _ parts: [[Part]], communes: Int, completeness: [[Completeness]], countries: [Set<String>]
  ) {
    count = parts.count
    var starts = [UInt32](repeating: 0, count: communes + 1)
    for part in parts.joined() { starts[part.commune + 1] += 1 }
    for commune in 0..<communes { starts[commune + 1] += starts[commune] }
    var next = starts
    var members = [UInt32](repeating: 0, count: Int(starts[communes]))
    var weights = [Int64](repeating: 0, count: members.count)
    for (place, parts) in parts.enumerated() {
      for part in parts {
        let position = Int(next[part.commune])
        members[position] = UInt32(place)
        weights[position] = part.millionths
        next[part.commune] += 1
      }
    }
    membership = Membership(count: parts.count, starts: starts, members: members)
    self.weights = weights.allSatisfy { $0 == Self.whole } ? [] : weights
    self.completeness = completeness
    self.countries = countries
  }

  /// `parts`: for each commune of the facts, the places that it counts in and how much of it does.
  package init(
    _ parts: [[(place: Int, weight: Double)]], count: Int, completeness: [[Completeness]], countries: [Set<String>]
  ) {
    self.count = count
    membership = Membership(parts.map { $0.map(\.place) }, count: count)
    let isWhole = parts.allSatisfy { $0.allSatisfy { $0.weight == 1 } }
    weights = isWhole ? [] : parts.flatMap { $0.map { Int64(($0.weight * 1_000_000).rounded()) } }
    self.completeness = completeness
    self.countries = countries
  }
}
