import { describe, expect, it } from "vitest";
import { FASTEST, Transport } from "./transport";

const FILM = { numerator: 24, denominator: 1 };
const NTSC = { numerator: 24000, denominator: 1001 };

describe("Transport", () => {
  it("shows the frame of the clock's second, at film and NTSC rates", () => {
    for (const rate of [FILM, NTSC]) {
      const transport = new Transport(rate, 1000);
      transport.play(1, 500);
      for (const frame of [1, 24, 240, 999]) {
        transport.tick(500 + (frame * 1000 * rate.denominator) / rate.numerator);
        expect(transport.frame).toBe(frame);
      }
    }
  });

  it("skips frames on a slow machine and never plays slower", () => {
    const transport = new Transport(FILM, 1000);
    transport.play(1, 0);
    const shown: number[] = [];
    for (let now = 0; now <= 2000; now += 250) {
      if (transport.tick(now)) shown.push(transport.frame);
    }
    expect(shown).toEqual([6, 12, 18, 24, 30, 36, 42, 48]);
  });

  it("says when nothing new is to be painted", () => {
    const transport = new Transport(FILM, 100);
    transport.play(1, 0);
    expect(transport.tick(10)).toBe(false);
    expect(transport.tick(43)).toBe(true);
    transport.stop();
    expect(transport.tick(9000)).toBe(false);
  });

  it("goes round when it loops, forwards and backwards", () => {
    const transport = new Transport(FILM, 24);
    transport.play(1, 0);
    transport.tick(1125);
    expect(transport.frame).toBe(3);
    transport.seek(0, 0);
    transport.play(-1, 0);
    transport.tick(125);
    expect(transport.frame).toBe(21);
  });

  it("stops on the last frame without a loop, and starts over from there", () => {
    const transport = new Transport(FILM, 24);
    transport.loop = false;
    transport.play(1, 0);
    transport.tick(5000);
    expect([transport.frame, transport.playing]).toEqual([23, false]);
    transport.toggle(6000);
    expect([transport.frame, transport.playing]).toEqual([0, true]);
  });

  it("shuttles faster with each J or L and turns about at once", () => {
    const transport = new Transport(FILM, 1000);
    const speeds = ([1, 1, 1, 1, 1, -1, -1] as const).map((direction) => {
      transport.shuttle(direction, 0);
      return transport.speed;
    });
    expect(speeds).toEqual([1, 2, 4, FASTEST, FASTEST, -1, -2]);
  });

  it("is another frame when the wait for it is over, and not before", () => {
    for (const speed of [1, -1, 4]) {
      const transport = new Transport(NTSC, 1000);
      transport.seek(500, 0);
      transport.play(speed, 0);
      for (const now of [0, 20, 777.7, 1001]) {
        transport.tick(now);
        const wait = transport.untilNextMs(now);
        expect(wait).toBeGreaterThan(0);
        expect(transport.tick(now + wait - 0.1)).toBe(false);
        expect(transport.tick(now + wait + 0.1)).toBe(true);
      }
    }
  });

  it("runs on from where it was dropped", () => {
    const transport = new Transport(FILM, 1000);
    transport.play(1, 0);
    transport.tick(1000);
    transport.seek(500, 1000);
    transport.tick(2000);
    expect(transport.frame).toBe(524);
  });

  it("steps and seeks within the shot", () => {
    const transport = new Transport(FILM, 10);
    transport.step(-5, 0);
    expect(transport.frame).toBe(0);
    transport.step(50, 0);
    expect(transport.frame).toBe(9);
    transport.seek(4.4, 0);
    expect(transport.frame).toBe(4);
  });

  it("has nothing to play in a shot of one frame", () => {
    const transport = new Transport(FILM, 1);
    transport.toggle(0);
    expect(transport.playing).toBe(false);
  });
});
