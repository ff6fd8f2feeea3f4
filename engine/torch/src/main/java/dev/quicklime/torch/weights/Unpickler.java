package dev.quicklime.torch.weights;

import dev.quicklime.InvalidInputException;
import dev.quicklime.internal.file.ReadBudget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the part of pickle, protocol 2, that checkpoints are made of. A pickle is a program; this
 * machine knows no instruction that could do more than build dicts, lists, tuples, texts, numbers
 * and descriptions of tensors, and refuses every other one. Of notes in a few plain classes it only
 * keeps that they are there. A byte of a pickle can make an object of it, and an instruction keeps
 * what it made, so that each is counted.
 */
final class Unpickler {

  private final ByteBuffer in;
  private final List<Pickled> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Pickled> memo = new HashMap<>();

  private final ReadBudget budget;

  private Unpickler(byte[] pickle, ReadBudget budget) {
    this.budget = budget;
    in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The object that a pickle builds; an {@link InvalidInputException} says what is wrong. */
  static Pickled load(byte[] pickle, ReadBudget budget) {
    return new Unpickler(pickle, budget).run();
  }

  private Pickled run() {
    while (true) {
      int at = in.position();
      int code = unsignedByte();
      budget.take(ReadBudget.OBJECT);
      if (code == '.') {
        return pop();
      }
      if (!constant(code) && !structure(code)) {
        throw new InvalidInputException(
            "the pickle must hold nothing but a state dict, got instruction 0x%02x at byte %d"
                .formatted(code, at));
      }
    }
  }

  /** Instructions that push something of their own. */
  private boolean constant(int code) {
    switch (code) {
      case 0x80 -> checkProtocol(unsignedByte());
      case 'N' -> stack.add(Pickled.Constant.NONE);
      case 0x88 -> stack.add(Pickled.Constant.TRUE);
      case 0x89 -> stack.add(Pickled.Constant.FALSE);
      case 'K' -> stack.add(new Pickled.Whole(unsignedByte()));
      case 'M' -> stack.add(new Pickled.Whole(Short.toUnsignedInt(take(2).getShort())));
      case 'J' -> stack.add(new Pickled.Whole(take(4).getInt()));
      case 0x8a -> stack.add(new Pickled.Whole(longNumber(unsignedByte())));
      case 'G' -> stack.add(new Pickled.Fraction(take(8).order(ByteOrder.BIG_ENDIAN).getDouble()));
      case 0x8b -> stack.add(new Pickled.Whole(longNumber(take(4).getInt())));
      case 'U' -> stack.add(new Pickled.Text(text(unsignedByte())));
      case 'X' -> stack.add(new Pickled.Text(text(take(4).getInt())));
      case 'c' -> stack.add(PickledCalls.global(line(), line()));
      case ')' -> stack.add(new Pickled.Tuple(List.of()));
      case ']' -> stack.add(new Pickled.Sequence());
      case '}' -> stack.add(new Pickled.Dict());
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Instructions that work on what was pushed. */
  private boolean structure(int code) {
    switch (code) {
      case '(' -> marks.push(stack.size());
      case 't' -> stack.add(new Pickled.Tuple(sinceMark()));
      case 0x85 -> stack.add(new Pickled.Tuple(last(1)));
      case 0x86 -> stack.add(new Pickled.Tuple(last(2)));
      case 0x87 -> stack.add(new Pickled.Tuple(last(3)));
      case 'q' -> memo.put(unsignedByte(), top());
      case 'r' -> memo.put(take(4).getInt(), top());
      case 'h' -> stack.add(recall(unsignedByte()));
      case 'j' -> stack.add(recall(take(4).getInt()));
      case 'a' -> append(last(1));
      case 'e' -> append(sinceMark());
      case 's' -> put(last(2));
      case 'u' -> put(sinceMark());
      case 'R' -> {
        List<Pickled> call = last(2);
        stack.add(PickledCalls.call(call.getFirst(), call.getLast()));
      }
      case 0x81 -> {
        List<Pickled> made = last(2);
        if (!(made.getFirst() instanceof Pickled.NoteType)) {
          throw new InvalidInputException(
              "the pickle must make no new object but of plain classes");
        }
        stack.add(PickledCalls.call(made.getFirst(), made.getLast()));
      }
      case 'Q' -> stack.add(PickledCalls.storage(pop()));
      case 'b' -> {
        // PyTorch hangs the versions of modules on a state dict; nothing here depends on them.
        pop();
        if (!(top() instanceof Pickled.Dict || top() instanceof Pickled.Note)) {
          throw new InvalidInputException("the pickle must give a state to no object but dicts");
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void checkProtocol(int protocol) {
    if (protocol != 2) {
      throw new InvalidInputException(
          "the pickle must be of protocol 2, torch.save's default, got %d; save it without another"
              .formatted(protocol));
    }
  }

  private void append(List<Pickled> items) {
    if (top() instanceof Pickled.Sequence list) {
      list.items().addAll(items);
    } else if (!(top() instanceof Pickled.Note)) {
      throw new InvalidInputException(
          "the pickle must append to lists, got %d items for something else"
              .formatted(items.size()));
    }
  }

  private void put(List<Pickled> items) {
    if (top() instanceof Pickled.Note) {
      return;
    }
    if (!(top() instanceof Pickled.Dict dict) || items.size() % 2 != 0) {
      throw new InvalidInputException("the pickle must set keys and values of dicts");
    }
    for (int i = 0; i < items.size(); i += 2) {
      if (items.get(i) instanceof Pickled.Text(String key)
          && dict.items().put(key, items.get(i + 1)) != null) {
        throw new InvalidInputException(Names.shown(key) + " must be there once, got it twice");
      }
    }
  }

  private Pickled recall(int index) {
    Pickled value = memo.get(index);
    if (value == null) {
      throw new InvalidInputException("the pickle must recall what it kept, got no " + index);
    }
    return value;
  }

  /** Nothing before the last mark belongs to the instruction. */
  private int floor() {
    return marks.isEmpty() ? 0 : marks.peek();
  }

  private Pickled top() {
    if (stack.size() <= floor()) {
      throw new InvalidInputException("the pickle is damaged: an instruction finds nothing");
    }
    return stack.getLast();
  }

  private Pickled pop() {
    Pickled value = top();
    stack.removeLast();
    return value;
  }

  private List<Pickled> last(int count) {
    if (stack.size() - floor() < count) {
      throw new InvalidInputException("the pickle is damaged: an instruction finds too little");
    }
    return takeFrom(stack.size() - count);
  }

  private List<Pickled> sinceMark() {
    if (marks.isEmpty()) {
      throw new InvalidInputException("the pickle is damaged: an instruction finds no mark");
    }
    return takeFrom(marks.pop());
  }

  private List<Pickled> takeFrom(int index) {
    List<Pickled> tail = stack.subList(index, stack.size());
    List<Pickled> items = List.copyOf(tail);
    tail.clear();
    return items;
  }

  private ByteBuffer take(int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new InvalidInputException("the pickle is cut off");
    }
    ByteBuffer part = in.slice(in.position(), bytes).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + bytes);
    return part;
  }

  private int unsignedByte() {
    return Byte.toUnsignedInt(take(1).get());
  }

  private String text(int bytes) {
    budget.take(Math.max(0, bytes), Character.BYTES);
    return StandardCharsets.UTF_8.decode(take(bytes)).toString();
  }

  private String line() {
    int start = in.position();
    while (unsignedByte() != '\n') {
      // Up to the end of the line.
    }
    return StandardCharsets.UTF_8.decode(in.slice(start, in.position() - 1 - start)).toString();
  }

  private long longNumber(int bytes) {
    if (bytes < 0 || bytes > Long.BYTES) {
      throw new InvalidInputException("numbers must have at most 8 bytes, got " + bytes);
    }
    ByteBuffer digits = take(bytes);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | Byte.toUnsignedLong(digits.get(i));
    }
    int unused = Long.SIZE - 8 * bytes;
    return bytes == 0 ? 0 : value << unused >> unused;
  }
}
