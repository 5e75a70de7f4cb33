internal import Filesystem

/// Whether the seat of a unit lies in the places that a row of it counts in: inside, outside, or nobody knows.
struct SeatRelations {
  /// More than these no question tells apart: of a row that counts in n places there are at most 2ⁿ.
  static let most = 1 << 24

  let stride: Int
  private let seats: UnsafeBufferPointer<UInt32>
  private let membership: Membership
  private let places: Places
  private let placeGroups: Grouping
  private var known: [Int: Int] = [:]
  private var relations: [[Bool]: Int] = [:]

  /// Inside, outside, unknown: the values of the attribute.
  private enum Value { static let inside = 0, outside = 1, unknown = 2 }

  init(_ facts: Facts, _ places: Places, _ placeGroups: Grouping, _ membership: Membership, stride: Int) {
    seats = facts.seat.raw
    self.places = places
    self.placeGroups = placeGroups
    self.membership = membership
    self.stride = stride
  }

  /// The number of what the places of the row's commune say of its seat.
  mutating func relation(of row: Int, placeGroup: Int32) -> Int {
    let seat = Int(seats[row])
    guard seat < placeGroups.groups.count else { return 0 }
    let pair = (Int(placeGroups.groups[seat]) + 1) * placeGroups.count + Int(placeGroup)
    if let relation = known[pair] { return relation }
    let own = places.membership.list(seat)
    let inside = places.membership.list(placeGroups.values[Int(placeGroup)]).map(own.contains)
    let relation = relations[inside] ?? relations.count + 1
    relations[inside] = relation
    known[pair] = relation
    return relation
  }

  /// The members that a row counts in where it counts in a place.
  func members(of row: Int, place: Int) -> ArraySlice<UInt32> {
    let seat = Int(seats[row])
    guard seat < placeGroups.groups.count else { return membership.list(Value.unknown) }
    return membership.list(places.membership.list(seat).contains(UInt32(place)) ? Value.inside : Value.outside)
  }
}
