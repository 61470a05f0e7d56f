import { describe, expect, it } from "vitest"
import { mayConnect } from "./may-connect.ts"

describe("an address is judged as a number", () => {
  it.each(["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])("%s is public", (address) =>
    expect(mayConnect(address)).toBe(true),
  )

  it.each([
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["this host", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["private", "10.0.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.0.1"],
    ["link-local and cloud metadata", "169.254.169.254"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["metadata in carrier-grade NAT", "100.100.100.200"],
    ["benchmarks", "198.18.0.1"],
    ["documentation", "192.0.2.1"],
    ["multicast", "224.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["v4-mapped loopback", "::ffff:127.0.0.1"],
    ["v4-mapped loopback in hex", "::ffff:7f00:1"],
    ["v4-compatible loopback", "::127.0.0.1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["6to4", "2002:7f00:1::"],
    ["unique local, cloud metadata", "fd00:ec2::254"],
    ["link-local", "fe80::1"],
    ["site-local", "fec0::1"],
    ["not given out", "5f00::1"],
    ["not given out", "4000::1"],
    ["no address", "localhost"],
    ["no address", ""],
  ])("%s is refused: %s", (_, address) => expect(mayConnect(address)).toBe(false))

  it("a range that is named opens itself and no neighbour", () => {
    expect(mayConnect("10.1.2.3", ["10.1.0.0/16"])).toBe(true)
    expect(mayConnect("::ffff:10.1.2.3", ["10.1.0.0/16"])).toBe(true)
    expect(mayConnect("10.2.2.3", ["10.1.0.0/16"])).toBe(false)
    expect(mayConnect("::1", ["10.1.0.0/16"])).toBe(false)
  })
})
