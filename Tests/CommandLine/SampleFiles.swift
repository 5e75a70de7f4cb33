import Tabular

/// Small well-formed files, to be spoiled by the tests.
enum SampleFiles {
  static let unitHeader =
    "siren,statutDiffusionUniteLegale,denominationUniteLegale,etatAdministratifUniteLegale,categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,nomenclatureActivitePrincipaleUniteLegale,trancheEffectifsUniteLegale\n"

  /// The first SIREN numbers from 100 000 009 on: every number whose Luhn sum is right.
  static func sirens(_ count: Int) -> [Int] {
    var found: [Int] = []
    var number = 100_000_000
    while found.count < count {
      var sum = 0
      for (position, digit) in String(number).reversed().compactMap(\.wholeNumberValue).enumerated() {
        let doubled = position % 2 == 1 ? digit * 2 : digit
        sum += doubled > 9 ? doubled - 9 : doubled
      }
      if sum % 10 == 0 { found.append(number) }
      number += 1
    }
    return found
  }

  static func rows(_ count: Int) -> String {
    sirens(count).map { "\($0),O,ASSOCIATION \($0),A,9220,88.99B,NAFRev2,11\n" }.joined()
  }

  static func units(_ count: Int) -> String { unitHeader + rows(count) }

  /// A zip with one stored entry, written byte by byte: no library of ours is in between.
  static func zip(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let checksum = crc32(content)
    func u16(_ value: Int) -> [UInt8] { [UInt8(value & 0xff), UInt8(value >> 8 & 0xff)] }
    func u32(_ value: Int) -> [UInt8] { u16(value & 0xffff) + u16(value >> 16 & 0xffff) }
    let common =
      u16(0) + u16(0) + u16(0) + u16(0x21) + u32(Int(checksum)) + u32(content.count) + u32(content.count)
      + u16(name.utf8.count) + u16(0)
    let local = u32(0x0403_4b50) + u16(20) + common + Array(name.utf8) + content
    let central =
      u32(0x0201_4b50) + u16(20) + u16(20) + common + u16(0) + u16(0) + u16(0) + u32(0) + u32(0) + Array(name.utf8)
    let end = u32(0x0605_4b50) + u16(0) + u16(0) + u16(1) + u16(1) + u32(central.count) + u32(local.count) + u16(0)
    return local + central + end
  }

  /// Where the directory of such a zip starts.
  static func directoryOffset(_ zip: [UInt8]) -> Int {
    let at = zip.count - 22 + 16
    return (0..<4).reduce(0) { $0 | Int(zip[at + $1]) << (8 * $1) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var checksum: UInt32 = 0xffff_ffff
    for byte in bytes {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return ~checksum
  }
}
