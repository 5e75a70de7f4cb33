import Registers
import TestSupport
import Testing

@Suite("Dates of registers") struct DateTests {
  @Test(
    arguments: [
      ("2009-12-23", 20_091_223), ("2024-02-29", 20_240_229), ("1901-01-01", 19_010_101), ("1900-01-02", 19_000_102),
      ("2009-12-23T00:00:00", 20_091_223), ("2099-12-31", 20_991_231),
    ] as [(String, Int32)])
  func `a date of SIRENE is read`(text: String, date: Int32) throws {
    #expect(try eachField([text]) { Dates.iso($0) } == [date])
  }

  @Test(arguments: [
    "", "1900-01-01", "0000-00-00", "0001-01-01", "2009", "2009-12", "2009-1-1", "20091223", "2009/12/23", "23-12-2009",
    "2009-13-01", "2009-00-10", "2009-12-00", "2009-12-32", "2009-12-3x", "x009-12-31", "2009-1 -31", "[ND]",
    "          ",
    "2023-02-29", "2023-02-30", "2023-04-31", "1900-02-29", "2100-02-29",
  ])
  func `an unknown or impossible date of SIRENE is unknown`(text: String) throws {
    #expect(try eachField([text]) { Dates.iso($0) } == [nil])
  }

  @Test(
    arguments: [
      ("09-08-1960", 19_600_809), ("31-12-2025", 20_251_231), ("9/8/1960", 19_600_809), ("09/08/1960", 19_600_809),
      ("1960-08-09", 19_600_809), ("29-02-2024", 20_240_229),
    ] as [(String, Int32)])
  func `a date of the BCE is read`(text: String, date: Int32) throws {
    #expect(try eachField([text]) { Dates.belgian($0) } == [date])
  }

  @Test(arguments: [
    "", "01-01-1900", "1960", "08-1960", "09-08-60", "32-08-1960", "00-08-1960", "09-13-1960", "09-00-1960", "a-b-c",
    "09-08-1960-1", "09.08.1960", "29-02-2023", "31-04-2023",
  ])
  func `an unknown or impossible date of the BCE is unknown`(text: String) throws {
    #expect(try eachField([text]) { Dates.belgian($0) } == [nil])
  }

  @Test(arguments: ["01-01-214749", "01-01-2147483647", "01-01-99999999999999999999", "2147483647-01-01", "1/1/99999"])
  func `a year of more than four digits is unknown, and nothing worse`(text: String) async {
    // In a process of its own: an overflow would end it.
    await #expect(processExitsWith: .success) { [text] in
      let read = try eachField([text]) { Dates.belgian($0) }
      guard read == [nil] else { throw Unexpected() }
    }
  }

  private struct Unexpected: Error {}

  @Test(arguments: 0..<4)
  func `every day from 1900 on is itself in both forms`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let (year, month, day) = (random.number(1901...2099), random.number(1...12), random.number(1...28))
      let date = Int32(year * 10_000 + month * 100 + day)
      let (m, d) = (Identifiers.padded(UInt64(month), 2), Identifiers.padded(UInt64(day), 2))
      #expect(try eachField(["\(year)-\(m)-\(d)"]) { Dates.iso($0) } == [date])
      #expect(try eachField(["\(d)-\(m)-\(year)", "\(day)/\(month)/\(year)"]) { Dates.belgian($0) } == [date, date])
    }
  }
}
