"""A sign-up chain out of a group: every line is one attendee, the same name again, or a question to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kit.rules import Problem
from linli.programmes.chains import LONGEST, MOST_LINES, Chain, Line, read_chain

CHAIN = """#接龙 周六骑行 🚲
8月1日 9:00 云塔东门集合，自带头盔
例 1. 姓名+电话

1. 梅小雨
2. 高远 13800000002
3、李和平
4. 古丽·买买提
5）Omar Haddad
6. 🌸孙巧云🌸
７．周一鸣
8 吴桂兰 女 68岁
⑨ 郑爽朗
10. 小王 Tom
11. 䶮青 3-502
12. 𠮷野 饮食：素
13. 冯 远
14.陈嘉树 15.褚明月
16. 卫国华，138-0000-0016
17. 蒋一名
18. 沈秋白（楼长）
19. 韩雪/男/60岁
20. 杨柳青+1
21. 朱自强 12F
22. 秦岭 自带车
23. 尤 今
24. 许 多
25. 何不凡 +86 138 0000 0025
26. 吕方
27. 施粥 不吃辣
28. @张北辰
29. 梅 小雨
30. 孔令仪💪🏻
"""
NAMES = [
    "梅小雨", "高远", "李和平", "古丽·买买提", "Omar Haddad", "孙巧云", "周一鸣", "吴桂兰", "郑爽朗", "小王 Tom",
    "䶮青", "𠮷野", "冯 远", "陈嘉树", "褚明月", "卫国华", "蒋一名", "沈秋白", "韩雪", "朱自强",
    "秦岭", "尤 今", "许 多", "何不凡", "吕方", "施粥", "张北辰", "孔令仪",
]  # fmt: skip


def one(text: str) -> tuple[str, str, int, str]:
    """What a single line is read as."""
    (line,) = read_chain(text).lines
    return line.name, line.note, line.count, line.state


def states(text: str) -> list[str]:
    return [line.state for line in read_chain(text).lines]


def test_thirty_people_of_a_group_and_two_questions():
    chain = read_chain(CHAIN)
    assert chain.title == "#接龙 周六骑行 🚲 8月1日 9:00 云塔东门集合，自带头盔"
    assert len(chain.lines) == 30
    assert [line.name for line in chain.lines if line.state == "clear"] == NAMES
    assert [line for line in chain.lines if line.state != "clear"] == [
        Line(23, "20. 杨柳青+1", "", "+1", 2, "unclear"),
        Line(32, "29. 梅 小雨", "梅 小雨", "", 1, "double"),
    ]
    assert [line.note for line in chain.lines if line.note] == [
        "13800000002", "女 68岁", "3-502", "饮食：素", "138-0000-0016", "楼长", "男 60岁", "+1", "12F", "自带车",
        "+86 138 0000 0025", "不吃辣",
    ]  # fmt: skip
    assert chain.lines[13:15] == (
        Line(18, "14.陈嘉树", "陈嘉树", "", 1, "clear"),
        Line(18, "15.褚明月", "褚明月", "", 1, "clear"),
    )


@pytest.mark.parametrize(
    ("text", "name", "note"),
    [
        ("1. 张三", "张三", ""),
        ("2、李四", "李四", ""),
        ("3）王五", "王五", ""),
        ("4 赵六", "赵六", ""),
        ("⑤ 钱七", "钱七", ""),
        ("６．孙八", "孙八", ""),
        ("7。周九", "周九", ""),
        ("8：吴十", "吴十", ""),
        ("9-郑一", "郑一", ""),
        ("10王二", "王二", ""),
        ("(11) 冯三", "冯三", ""),
        ("❶陈四", "陈四", ""),
        ("1️⃣2️⃣ 褚五", "褚五", ""),
        ("🔟 卫六", "卫六", ""),
        ("🌸 1. 🌸蒋七🌸❤️", "蒋七", ""),
        ("1. [玫瑰]沈八[玫瑰]", "沈八", ""),
        ("1. 韩九～～！", "韩九", ""),
        ("1. 古丽·买买提 女", "古丽·买买提", "女"),
        ("1. 㐂", "㐂", ""),
        ("1. 𰻝𱁬", "𰻝𱁬", ""),
        ("1. 葛\U000e0100城", "葛\U000e0100城", ""),
        ("1. O'Brien", "O'Brien", ""),
        ("1. Jean-Luc H. Martin", "Jean-Luc H. Martin", ""),
        ("1. Ｔｏｍ", "Ｔｏｍ", ""),
        ("1. Алия Серикова", "Алия Серикова", ""),
        ("1. กรุณา ใจดี", "กรุณา ใจดี", ""),
        ("1. 乐乐妈妈", "乐乐妈妈", ""),
        ("1. 张\u200b三\u202e", "张三", ""),
        ("1. 张三13800001234", "张三", "13800001234"),
        ("1. 张三：138 0000 1234", "张三", "138 0000 1234"),
        ("1. 张三+13800001234", "张三", "13800001234"),
        ("1. 13800001234 张三", "张三", "13800001234"),
        ("1. 张三 138****1234", "张三", "138****1234"),
        ("1. 张三 zhang@example.org", "张三", "zhang@example.org"),
        ("1. 3-502张三", "张三", "3-502"),
        ("1.3-502张三", "张三", "3-502"),
        ("1. 3-502路遥", "路遥", "3-502"),
        ("1. 12F张三", "张三", "12F"),
        ("1. 张三 B座1203", "张三", "B座1203"),
        ("1. 张三 3号楼2单元502室", "张三", "3号楼2单元502室"),
        ("1. 张三+60岁", "张三", "60岁"),
        ("1. 张三-男", "张三", "男"),
        ("1. 张三（男）六十岁", "张三", "男 六十岁"),
        ("1. 张三 自带车，8点到", "张三", "自带车 8点 到"),
        ("1. 姓名：张三，电话：13800001234，饮食：素", "张三", "电话 13800001234 饮食：素"),
        ("1. 张三 1人", "张三", "1人"),
        ("1. 张三一人", "张三", "一人"),
        ("1. 王一名", "王一名", ""),
        ("1. " + "长" * 40, "长" * 40, ""),
    ],
)
def test_one_attendee(text, name, note):
    assert one(text) == (name, note, 1, "clear")


@pytest.mark.parametrize(
    ("text", "note", "count"),
    [
        ("7. 周九+1", "+1", 2),
        ("7. 周九＋２人", "＋２人", 3),
        ("7. 周九+1。", "+1", 2),
        ("7. 周九 加一", "加一", 2),
        ("7. 周九（2人）", "2人", 2),
        ("7. 周九 两位", "两位", 2),
        ("7. 周九俩", "俩", 2),
        ("7. 周九 十二人", "十二人", 12),
        ("7. 周九 2大1小", "2大1小", 3),
        ("7. 周九一家三口", "一家 三口", 3),
        ("7. 周九x2", "x2", 2),
        ("7. 周九 ×３", "×３", 3),
        ("7. Omar 2 people", "2 people", 2),
        ("7. 周九 13800001234 +1", "13800001234 +1", 2),
        ("7. 周九带孩子", "带孩子", 1),
        ("7. 周九（带孩子）", "带孩子", 1),
        ("7. 周九和爱人", "和爱人", 1),
        ("7. 周九和吴十", "和吴十", 1),
        ("7. 周九、吴十", "", 1),
        ("7. 周九 吴十", "", 1),
        ("7. 张 三 李四", "", 1),
        ("7. 周九/Tom", "", 1),
        ("7. Omar and Lena", "and", 1),
        ("7. 周九 2", "2", 1),
        ("7. 周九（２）", "２", 1),
        ("8. ", "", 1),
        ("8. ？", "", 1),
        ("8. 🚲", "", 1),
        ("8. 待定", "待定", 1),
        ("8. 取消", "取消", 1),
        ("8. 张三（取消）", "取消", 1),
        ("8. 不去了", "不去了", 1),
        ("8. 张三？", "", 1),
        ("8. ~~张三~~", "", 1),
        ("~~8. 张三~~", "", 1),
        ("8. 张*", "", 1),
        ("8. 张 素", "素", 1),
        ("8. 王□", "", 1),
        ("8. 王\ue863", "", 1),
        ("8. 姓名+电话", "姓名 电话", 1),
        ("8. 请准时", "请 准时", 1),
        ("8. 13800001234", "13800001234", 1),
        ("8. 12345", "12345", 1),
        ("8. " + "长" * 41, "", 1),
    ],
)
def test_a_question_and_no_name(text, note, count):
    assert one(text) == ("", note, count, "unclear")


@pytest.mark.parametrize(
    "text",
    [
        "#接龙 周六骑行",
        "#Group Note",
        "#Chain",
        "周六骑行",
        "8月1日骑行",
        "8.1 周六骑行",
        "9:00 集合",
        "3年级家长会",
        "24 hours ride",
    ],
)
def test_a_heading_is_nobody(text):
    assert read_chain(text) == Chain(text, ())
    assert read_chain(f"{text}\n\n1. 张三") == Chain(text, (Line(3, "1. 张三", "张三", "", 1, "clear"),))


@pytest.mark.parametrize(
    "text",
    [
        "例 1. 姓名+电话",
        "例如：1. 张三",
        "1. 例：张三 138",
        "格式：姓名+电话",
        "Example: 1. Tom",
        "报名格式：姓名",
    ],
)
def test_an_example_is_left_out(text):
    assert read_chain(text) == Chain("", ())
    assert states(f"1. 李四\n{text}\n2. 王五") == ["clear", "clear"]


@pytest.mark.parametrize("text", ["周九", "+1", "13800001234", "————", "？", "#接龙 周日骑行"])
def test_a_line_without_a_number_is_a_question_once_the_chain_has_begun(text):
    chain = read_chain(f"1. 张三\n{text}")
    assert (chain.title, chain.lines[1].text, chain.lines[1].name, chain.lines[1].state) == (
        "",
        text,
        "",
        "unclear",
    )


@pytest.mark.parametrize(
    "text",
    ["1.张三 2.李四 3.王五", "1、张三，2、李四，3、王五", "①张三②李四③王五", "1️⃣张三2️⃣李四3️⃣王五"],
)
def test_several_entries_in_one_line(text):
    assert [(line.number, line.name) for line in read_chain(text).lines] == [
        (1, "张三"),
        (1, "李四"),
        (1, "王五"),
    ]


def test_a_figure_out_of_turn_begins_no_entry():
    assert [line.state for line in read_chain("1. 张三 3. 李四").lines] == ["unclear"]


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("张三", "张 三"),
        ("古丽·买买提", "古丽•买买提"),
        ("古丽·买买提", "古丽买买提"),
        ("Omar Haddad", "ＯＭＡＲ haddad"),
        ("Straße", "STRASSE"),
    ],
)
def test_the_same_name_again(name, again):
    lines = read_chain(f"1. {name}\n2. {again} 女\n3. {name}").lines
    assert [(line.name, line.state) for line in lines] == [
        (name, "clear"),
        (again, "double"),
        (name, "double"),
    ]


def test_lines_are_counted_as_they_were_pasted():
    lines = read_chain("\n\n#接龙\r\n\r\n\r\n\r\n1. 张三\r2. 李四").lines
    assert [line.number for line in lines] == [7, 8]


@pytest.mark.parametrize(
    "text", ["1" * (LONGEST + 1), "1. 张三\n" * (MOST_LINES + 1), "1.\n" * (MOST_LINES + 1)]
)
def test_too_much_is_refused_in_words(text):
    with pytest.raises(Problem) as problem:
        read_chain(text)
    assert problem.value.field == "chain"


def test_as_much_as_may_be():
    assert len(read_chain("1. 张三\n" * MOST_LINES).lines) == MOST_LINES
    assert read_chain("字" * LONGEST) == Chain("字" * LONGEST, ())


PIECES = st.sampled_from(
    [
        *"\n\n\n.、) ，+x·-/*~#？（）【】[]:：①⑩🔟👩\u200d\ufe0f\u20e3\ue000\ud800\U000e0100带和一两俩人位例加",
        *[
            "1. ",
            "2、",
            "12",
            "张三",
            "李四",
            "Tom",
            "13800001234",
            "3-502",
            "60岁",
            "[玫瑰]",
            "取消",
            "~~",
            "#接龙",
        ],
    ]
)
CHAINS = st.text() | st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


@given(CHAINS)
def test_reads_whatever_is_pasted_and_the_same_twice(text):
    chain = read_chain(text)
    assert chain == read_chain(text)
    assert [line.number for line in chain.lines] == sorted(line.number for line in chain.lines)


@given(CHAINS)
def test_a_name_comes_from_its_own_line_and_only_where_it_is_sure(text):
    for line in read_chain(text).lines:
        if line.state == "unclear":
            assert line.name == ""
        else:
            assert (line.name in line.text, line.name.strip() != "", line.count) == (True, True, 1)
